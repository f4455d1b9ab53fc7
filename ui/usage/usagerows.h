#pragma once

#include "core/usage/sessionsums.h"
#include "core/usage/usagepicture.h"
#include "ui/usage/celltablemodel.h"

#include <map>
#include <string>
#include <vector>

namespace hookscope {

// What the tables of the usage page say: the numbers of the chart above them, exact, and marked as lower
// bounds where parts are missing. Pure; main thread for the translations.

// By model, provider or sandbox; `colours` are those of the chart's stacks, by group.
std::vector<CellTableModel::Column> groupColumns();
std::vector<CellTableModel::Row> groupRows(const UsagePicture &picture, UsageSplit split,
                                           const std::map<std::string, QColor> &colours,
                                           const QColor &restColour);

// Percentiles of latency and of time to first token, by model.
std::vector<CellTableModel::Column> latencyColumns();
std::vector<CellTableModel::Row> latencyRows(const UsagePicture &picture);

std::vector<CellTableModel::Column> sessionColumns();
std::vector<CellTableModel::Row> sessionRows(const std::vector<SessionUsage> &sessions);

QString splitTitle(UsageSplit split); // "Model"
QString shareText(qint64 part, qint64 whole); // "63.2 %"; absent if there is no whole

} // namespace hookscope
