#pragma once

#include "ui/live/detailtexts.h"

#include <QScrollArea>

class QFormLayout;
class QLabel;

namespace hookscope {

// Names and values below each other, as plain text that can be selected with mouse and keyboard.
class FactList final : public QScrollArea {
    Q_OBJECT
public:
    explicit FactList(QWidget *parent = nullptr);

    // Keeps labels (and what is selected in them) whose place still has the same name.
    void setFacts(const QList<Fact> &facts);

private:
    void rebuild(const QList<Fact> &facts);

    QList<Fact> m_facts;
    QList<QLabel *> m_values; // null for a heading
};

} // namespace hookscope
