#include "ui/live/inks.h"
#include "ui/live/livemodel.h"
#include "ui/settings/palettes.h"

#include <QApplication>
#include <QStyle>
#include <QTest>
#include <cmath>

using namespace hookscope;

namespace {

// Relative luminance and contrast ratio as WCAG 2.1 defines them.
double luminance(const QColor &colour)
{
    const auto linear = [](double part) {
        return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF())
        + 0.0722 * linear(colour.blueF());
}

double contrast(const QColor &one, const QColor &other)
{
    const double lighter = std::max(luminance(one), luminance(other));
    const double darker = std::min(luminance(one), luminance(other));
    return (lighter + 0.05) / (darker + 0.05);
}

} // namespace

class TestPalettes : public QObject {
    Q_OBJECT
private slots:
    void computesContrast();
    void canBeRead_data();
    void canBeRead();
    void hasReadableRows_data();
    void hasReadableRows();
    void tellsWhatIsDisabled_data();
    void tellsWhatIsDisabled();
    void followsTheDesktop_data();
    void followsTheDesktop();
    void nothingButAChoiceOverridesTheDesktop();

private:
    static void eachPalette();
    static double leastContrast(const QString &name)
    {
        return name == QStringLiteral("contrast") ? 7.0 : 4.5;
    }
};

void TestPalettes::eachPalette()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"light", "dark", "contrast"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestPalettes::computesContrast()
{
    QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
    QCOMPARE(contrast(Qt::red, Qt::red), 1.0);
    QVERIFY(std::abs(contrast(QColor(0x77, 0x77, 0x77), Qt::white) - 4.48)
            < 0.01); // the well-known near miss
}

void TestPalettes::canBeRead_data()
{
    eachPalette();
}

void TestPalettes::canBeRead()
{
    QFETCH(QString, name);
    using P = QPalette;
    const QList<std::pair<P::ColorRole, QList<P::ColorRole>>> pairs{
        {P::WindowText, {P::Window, P::Button}},
        {P::Text, {P::Base, P::AlternateBase, P::Window, P::Button}},
        {P::ButtonText, {P::Button, P::Window}},
        {P::ToolTipText, {P::ToolTipBase}},
        {P::PlaceholderText, {P::Base, P::AlternateBase, P::Window}},
        {P::Link, {P::Base, P::AlternateBase, P::Window}},
        {P::LinkVisited, {P::Base, P::AlternateBase, P::Window}},
        {P::HighlightedText, {P::Highlight}},
    };
    const P palette = ownPalette(name);
    for (const P::ColorGroup group : {P::Active, P::Inactive}) {
        for (const auto &[ink, grounds] : pairs) {
            for (const P::ColorRole ground : grounds) {
                const double ratio = contrast(palette.color(group, ink), palette.color(group, ground));
                QVERIFY2(ratio >= leastContrast(name),
                         qPrintable(QStringLiteral("role %1 on role %2, group %3: %4")
                                        .arg(ink)
                                        .arg(ground)
                                        .arg(group)
                                        .arg(ratio)));
            }
        }
    }
}

void TestPalettes::hasReadableRows_data()
{
    eachPalette();
}

void TestPalettes::hasReadableRows()
{
    QFETCH(QString, name);
    using P = QPalette;
    const P palette = ownPalette(name);
    for (const P::ColorGroup group : {P::Active, P::Inactive}) {
        for (const bool isSelected : {false, true}) {
            QList<QColor> inks{absentInk(palette, group, isSelected)};
            for (const int emphasis :
                 {LiveModel::Plain, LiveModel::Running, LiveModel::Failed, LiveModel::Slow})
                inks.append(rowInk(palette, group, emphasis, isSelected));
            const QList<P::ColorRole> grounds = isSelected ? QList<P::ColorRole>{P::Highlight}
                                                           : QList<P::ColorRole>{P::Base, P::AlternateBase};
            for (const QColor &ink : inks) {
                for (const P::ColorRole ground : grounds) {
                    const double ratio = contrast(ink, palette.color(group, ground));
                    QVERIFY2(ratio >= leastContrast(name),
                             qPrintable(
                                 QStringLiteral("%1 on role %2: %3").arg(ink.name()).arg(ground).arg(ratio)));
                }
            }
        }
    }
}

void TestPalettes::tellsWhatIsDisabled_data()
{
    eachPalette();
}

void TestPalettes::tellsWhatIsDisabled()
{
    QFETCH(QString, name);
    using P = QPalette;
    const P palette = ownPalette(name);
    for (const P::ColorRole role :
         {P::WindowText, P::Text, P::ButtonText, P::ToolTipText, P::HighlightedText, P::PlaceholderText}) {
        const QColor disabled = palette.color(P::Disabled, role);
        QVERIFY(disabled != palette.color(P::Active, role));
        // Fainter, and yet to be seen.
        QVERIFY(contrast(disabled, palette.color(P::Disabled, P::Base)) >= 2.0);
    }
}

void TestPalettes::followsTheDesktop_data()
{
    QTest::addColumn<AppearanceHint>("hint");
    QTest::addColumn<QString>("expected"); // empty: the platform's own
    using Scheme = AppearanceHint::Scheme;
    QTest::newRow("nothing said") << AppearanceHint() << QString();
    QTest::newRow("light, as the platform is") << AppearanceHint{Scheme::Light, false} << QString();
    QTest::newRow("dark") << AppearanceHint{Scheme::Dark, false} << QStringLiteral("dark");
    QTest::newRow("high contrast") << AppearanceHint{Scheme::Dark, true} << QStringLiteral("contrast");
}

void TestPalettes::followsTheDesktop()
{
    QFETCH(AppearanceHint, hint);
    QFETCH(QString, expected);
    applyPalette(QStringLiteral("system"), hint);
    const QColor window = QApplication::palette().color(QPalette::Window);
    if (expected.isEmpty())
        QVERIFY(window.lightness() > 128);
    else
        QCOMPARE(window, ownPalette(expected).color(QPalette::Window));
}

void TestPalettes::nothingButAChoiceOverridesTheDesktop()
{
    applyPalette(QStringLiteral("light"), {AppearanceHint::Scheme::Dark, true});
    QCOMPARE(QApplication::palette().color(QPalette::Window),
             ownPalette(QStringLiteral("light")).color(QPalette::Window));
}

QTEST_MAIN(TestPalettes)
#include "tst_palettes.moc"
