#include "ui/live/toolspage.h"

#include "ui/live/bodytext.h"
#include "ui/text/amounts.h"
#include "ui/text/visible.h"

#include <QHeaderView>
#include <QLabel>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace hookscope {

namespace {

constexpr std::size_t mostOfToolTip = 2000;

} // namespace

ToolsPage::ToolsPage(QWidget *parent)
    : QWidget(parent)
    , m_note(new QLabel)
    , m_tools(new QTreeWidget)
{
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setContentsMargins(10, 4, 10, 4);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_tools->setFrameShape(QFrame::NoFrame);
    m_tools->setRootIsDecorated(false);
    m_tools->setUniformRowHeights(true);
    m_tools->setHeaderLabels({tr("Tool"), tr("Schema"), tr("Description")});
    m_tools->setAccessibleName(tr("Tools offered to the model"));
    m_tools->setColumnWidth(0, 220);
    m_tools->setColumnWidth(1, 90);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_note);
    layout->addWidget(m_tools, 1);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
}

void ToolsPage::showText(const QString &text)
{
    m_note->setText(text);
    m_tools->clear();
}

void ToolsPage::showTools(const std::vector<llm::DeclaredTool> &tools)
{
    std::uint64_t bytes = 0;
    m_tools->clear();
    QList<QTreeWidgetItem *> items;
    for (const llm::DeclaredTool &tool : tools) {
        auto *item = new QTreeWidgetItem({visible(tool.name), bytesText(tool.schemaBytes),
                                          visible(QString::fromStdString(tool.description).simplified())});
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        item->setToolTip(2,
                         QStringLiteral("<p style='white-space:pre-wrap'>%1</p>")
                             .arg(visibleLines(tool.description.substr(0, mostOfToolTip)).toHtmlEscaped()));
        items.append(item);
        bytes += tool.schemaBytes + tool.description.size();
    }
    m_tools->addTopLevelItems(items);
    m_note->setText(tools.empty() ? tr("The request offers no tools.")
                                  : tr("Tools: %1, with %2 of schemas and descriptions")
                                        .arg(countText(tools.size()), bytesText(bytes)));
}

} // namespace hookscope
