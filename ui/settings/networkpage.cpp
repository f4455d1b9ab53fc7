#include "ui/settings/networkpage.h"

#include "core/settings/policyjson.h"
#include "ui/settings/listfields.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <iterator>

namespace hookscope {

NetworkPage::NetworkPage(const QStringList &seenHosts, const QString &offeredProxy, QWidget *parent)
    : QWidget(parent)
    , m_intercept(listEdit(QStringLiteral("llm")))
    , m_blocked(listEdit(QStringLiteral("*.tracker.example")))
    , m_allowed(listEdit(QStringLiteral("api.openai.com")))
    , m_allowlistOnly(new QCheckBox(tr("Send nothing to &other hosts than the allowed ones")))
    , m_proxy(new QLineEdit)
    , m_exceptions(listEdit(QStringLiteral("*.intranet.example")))
{
    m_intercept->setObjectName(QStringLiteral("intercept"));
    m_blocked->setObjectName(QStringLiteral("blockedHosts"));
    m_allowed->setObjectName(QStringLiteral("allowedHosts"));
    m_allowlistOnly->setObjectName(QStringLiteral("allowlistOnly"));
    m_proxy->setObjectName(QStringLiteral("upstreamProxy"));
    m_proxy->setPlaceholderText(QStringLiteral("http://proxy.example.com:3128"));
    m_exceptions->setObjectName(QStringLiteral("upstreamProxyExcept"));

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(interceptGroup());
    layout->addWidget(hostGroup(seenHosts));
    layout->addWidget(proxyGroup(offeredProxy));
    layout->addStretch(1);

    for (const QPlainTextEdit *edit : {m_intercept, m_blocked, m_allowed, m_exceptions})
        connect(edit, &QPlainTextEdit::textChanged, this, &NetworkPage::changed);
    connect(m_proxy, &QLineEdit::textChanged, this, &NetworkPage::changed);
    connect(m_allowlistOnly, &QCheckBox::toggled, this, &NetworkPage::changed);
}

QWidget *NetworkPage::interceptGroup()
{
    auto *group = new QGroupBox(tr("HTTPS to look into (takes effect at once, for new connections)"));
    auto *form = new QFormLayout(group);
    form->addRow(plainNote(tr("Nothing, unless you name hosts here, one a line: HOST, *.DOMAIN, or llm for all known LLM "
                              "hosts. Hookscope makes a CA for these alone; what is started with hookscope --run, or "
                              "from the connect page, trusts it.")));
    form->addRow(tr("Ho&sts:"), m_intercept);
    return group;
}

QWidget *NetworkPage::hostGroup(const QStringList &seenHosts)
{
    auto *group = new QGroupBox(tr("Hosts (takes effect at once, for new requests)"));
    auto *form = new QFormLayout(group);
    form->addRow(
        plainNote(tr("One a line: HOST, or *.DOMAIN for a domain and all below it. A request to a "
                     "blocked host is answered with 403 and never leaves this machine; blocked wins.")));
    form->addRow(tr("&Blocked:"), m_blocked);
    form->addRow(tr("&Allowed:"), m_allowed);
    form->addRow(QString(), m_allowlistOnly);
    QStringList offered;
    std::copy_if(seenHosts.begin(), seenHosts.end(), std::back_inserter(offered),
                 [](const QString &host) { return faultOfHostPattern(host).isEmpty(); });
    if (!offered.isEmpty())
        form->addRow(tr("Hosts s&een:"), seenRow(offered));
    return group;
}

QWidget *NetworkPage::seenRow(const QStringList &seenHosts)
{
    auto *seen = new QComboBox;
    seen->setObjectName(QStringLiteral("seenHosts"));
    seen->addItems(seenHosts);
    seen->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(seen, 1);
    const auto addButton = [&](const QString &text, const QString &name, QPlainTextEdit *list) {
        auto *button = new QPushButton(text);
        button->setObjectName(name);
        button->setAutoDefault(false);
        layout->addWidget(button);
        connect(button, &QPushButton::clicked, this, [seen, list] {
            QStringList lines = linesOf(*list);
            if (!lines.contains(seen->currentText()))
                list->setPlainText((lines << seen->currentText()).join(QLatin1Char('\n')));
        });
    };
    addButton(tr("Bloc&k"), QStringLiteral("blockSeen"), m_blocked);
    addButton(tr("Allo&w"), QStringLiteral("allowSeen"), m_allowed);
    return row;
}

QWidget *NetworkPage::proxyGroup(const QString &offeredProxy)
{
    auto *group = new QGroupBox(tr("Upstream proxy (takes effect at once, for new connections)"));
    auto *form = new QFormLayout(group);
    form->addRow(
        plainNote(tr("Upstreams are reached through it; this machine never is. Its password comes from "
                     "the desktop's keyring: hookscope --store-secret "
                     "HOOKSCOPE_UPSTREAM_PROXY_PASSWORD.")));
    form->addRow(tr("&URL:"), m_proxy);
    form->addRow(tr("&Not for:"), m_exceptions);
    if (offeredProxy.isEmpty())
        return group;
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    QLabel *offer =
        plainNote(tr("The environment that Hookscope was started in names %1.").arg(offeredProxy));
    offer->setObjectName(QStringLiteral("offeredProxy"));
    auto *use = new QPushButton(tr("U&se It"));
    use->setObjectName(QStringLiteral("useOfferedProxy"));
    use->setAutoDefault(false);
    layout->addWidget(offer, 1);
    layout->addWidget(use);
    form->addRow(row);
    connect(use, &QPushButton::clicked, m_proxy,
            [proxy = m_proxy, offeredProxy] { proxy->setText(offeredProxy); });
    return group;
}

void NetworkPage::fill(const Settings &settings)
{
    m_intercept->setPlainText(settings.intercept.join(QLatin1Char('\n')));
    m_blocked->setPlainText(settings.blockedHosts.join(QLatin1Char('\n')));
    m_allowed->setPlainText(settings.allowedHosts.join(QLatin1Char('\n')));
    m_allowlistOnly->setChecked(settings.allowlistOnly);
    m_proxy->setText(settings.upstreamProxy);
    m_exceptions->setPlainText(settings.upstreamProxyExcept.join(QLatin1Char('\n')));
}

void NetworkPage::forgetIntercept()
{
    m_intercept->clear();
}

void NetworkPage::apply(Settings &settings) const
{
    settings.intercept = linesOf(*m_intercept);
    settings.blockedHosts = linesOf(*m_blocked);
    settings.allowedHosts = linesOf(*m_allowed);
    settings.allowlistOnly = m_allowlistOnly->isChecked();
    settings.upstreamProxy = m_proxy->text().trimmed();
    settings.upstreamProxyExcept = linesOf(*m_exceptions);
}

} // namespace hookscope
