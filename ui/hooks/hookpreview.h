#pragma once

#include "core/hooks/deliverypreview.h"

#include <QWidget>
#include <vector>

class QComboBox;
class QLabel;
class QPlainTextEdit;

namespace hookscope {

// What a hook would deliver for an event that one can choose: the bytes and the fields around them.
class HookPreview final : public QWidget {
    Q_OBJECT
public:
    explicit HookPreview(PreviewMaker maker, QWidget *parent = nullptr);

    // Of a hook that is valid. `events` are to be chosen from, the newest first; what was chosen stays if it
    // is still among them, and a sample is always there.
    void showHook(const Hook &hook, const std::vector<CapturedEvent> &events);

    // Why there is none, a sentence.
    void showProblem(const QString &text);

private:
    void setEvents(const std::vector<CapturedEvent> &events);
    void update();
    void write(const DeliveryPreview &preview);

    PreviewMaker m_maker;
    Hook m_hook;
    std::vector<CapturedEvent> m_events;
    bool m_isChosen = false; // by the user; else it is the newest
    QComboBox *m_event;
    QPlainTextEdit *m_text;
    QLabel *m_note;
};

} // namespace hookscope
