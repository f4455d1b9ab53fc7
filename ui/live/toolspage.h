#pragma once

#include "core/llm/conversation.h"

#include <QWidget>

class QLabel;
class QTreeWidget;

namespace hookscope {

// The tools that a request offers to the model: name, size of their schema, description. Main thread.
class ToolsPage final : public QWidget {
    Q_OBJECT
public:
    explicit ToolsPage(QWidget *parent = nullptr);

    void showText(const QString &text);
    void showTools(const std::vector<llm::DeclaredTool> &tools);

private:
    QLabel *m_note;
    QTreeWidget *m_tools;
};

} // namespace hookscope
