#pragma once

#include <QList>
#include <QWidget>
#include <cstdint>
#include <optional>

namespace hookscope {

// One exchange's time as a bar: until the answer's head, until the first token, until the last byte.
// Phases differ by colour, by their pattern, and by the name and number written below.
class PhaseBar final : public QWidget {
    Q_OBJECT
public:
    struct Times {
        std::optional<std::int64_t> headUs;
        std::optional<std::int64_t> firstTokenUs;
        std::int64_t endUs = 0; // until now, if it runs
        bool isRunning = false;

        friend bool operator==(const Times &, const Times &) = default;
    };

    explicit PhaseBar(QWidget *parent = nullptr);

    void setTimes(const Times &times);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Phase {
        QString name;
        std::int64_t lengthUs = 0;
        QColor colour;
        Qt::BrushStyle pattern = Qt::SolidPattern;
    };

    QList<Phase> phases() const;

    Times m_times;
};

} // namespace hookscope
