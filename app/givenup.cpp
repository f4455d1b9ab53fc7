#include "app/givenup.h"

#include "core/events/eventjson.h"
#include "core/events/jsonstring.h"
#include "core/outbox/outbox.h"
#include "core/outbox/outboxfile.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <cstdio>

namespace hookscope {

namespace {

constexpr int mostListed = 100'000;

void say(const QString &text)
{
    std::fprintf(stderr, "hookscope: %s\n", qUtf8Printable(text));
}

int fail(const QString &text)
{
    say(text);
    return 1;
}

QString pathIn(const QString &dataFolder)
{
    return dataFolder + QStringLiteral("/outbox.db");
}

bool openOutbox(OutboxFile &file, const QString &dataFolder)
{
    const auto opened = file.open(pathIn(dataFolder), OutboxLimits().fileBytes);
    if (!opened)
        say(QStringLiteral("The outbox %1 cannot be used: %2").arg(pathIn(dataFolder), opened.error().text));
    else if (!opened->isEmpty())
        say(*opened);
    return opened.has_value();
}

void appendKey(std::string &line, const char *key, const std::string &text)
{
    line += line.empty() ? "{\"" : ",\"";
    line.append(key).append("\":");
    appendJsonString(line, text);
}

std::string timeText(const QDateTime &time)
{
    return rfc3339(time.toMSecsSinceEpoch() * 1000);
}

std::string lineOf(const DeadLetter &letter)
{
    std::string line;
    appendKey(line, "hook", letter.hookName.toStdString());
    appendKey(line, "webhook_id", letter.webhookId.toStdString());
    appendKey(line, "made", timeText(letter.made));
    appendKey(line, "given_up", timeText(letter.given));
    line += ",\"tries\":" + std::to_string(letter.attempts);
    appendKey(line, "reason", letter.reason.toStdString());
    line += ",\"event\":";
    line += QJsonDocument::fromJson(letter.json).isObject() ? letter.json.toStdString() : "null";
    return line + '}';
}

} // namespace

int listGivenUp(const Filter &filter, const QString &dataFolder)
{
    if (!QFileInfo::exists(pathIn(dataFolder)))
        return 0;
    OutboxFile file;
    if (!openOutbox(file, dataFolder))
        return 1;
    DeadLetterChoice choice;
    choice.filter = filter;
    QList<DeadLetter> letters;
    if (!file.deadLetters(choice, mostListed, letters))
        return fail(QStringLiteral("The outbox cannot be read: %1").arg(file.errorText()));
    for (const DeadLetter &letter : std::as_const(letters))
        std::printf("%s\n", lineOf(letter).c_str());
    if (letters.size() == mostListed)
        say(QStringLiteral("These are the first %1.").arg(mostListed));
    return std::fflush(stdout) == 0 ? 0 : fail(QStringLiteral("stdout cannot be written."));
}

int resendGivenUp(const Filter &filter, const QString &dataFolder)
{
    OutboxFile file;
    int count = 0;
    if (QFileInfo::exists(pathIn(dataFolder))) {
        if (!openOutbox(file, dataFolder))
            return 1;
        DeadLetterChoice choice;
        choice.filter = filter;
        count = file.revive(choice, QDateTime::currentMSecsSinceEpoch());
    }
    if (count < 0)
        return fail(QStringLiteral("The outbox cannot be written: %1").arg(file.errorText()));
    say(count == 0
            ? QStringLiteral("Nothing that was given up fits.")
            : QStringLiteral("%1 events wait again, and are sent when Hookscope runs with their hooks.")
                  .arg(count));
    return 0;
}

} // namespace hookscope
