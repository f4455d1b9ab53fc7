#include <QApplication>
#include <QWidget>

// The least that a window can cost: one without anything in it, beside which the real one's start is seen.
int main(int argc, char **argv)
{
    const QApplication app(argc, argv);
    QWidget window;
    window.resize(1200, 800);
    window.show();
    return QApplication::exec();
}
