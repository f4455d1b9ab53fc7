#include "core/proxy/bodykeeper.h"

#include "core/events/utf8.h"
#include "core/http/contentdecoder.h"

#include <algorithm>
#include <new>

namespace hookscope::proxy {

namespace {

// Waking the thread for each body would cost more than most bodies do.
constexpr std::chrono::milliseconds gathering{4};

constexpr std::size_t firstCapacity = 1000;
constexpr std::size_t feedSize = 64 * 1024;
constexpr http::ContentDecoder::Limits decodeLimits{1U << 20, 200, 20U << 20};

bool hasAny(std::string_view text, std::initializer_list<std::string_view> words)
{
    return std::any_of(words.begin(), words.end(),
                       [text](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

// Whether a text is made of that type at all; of uploads the parts' names are no JSON members, which could
// hold credentials that are not told from other words.
bool isText(std::string_view contentType)
{
    const std::string type = http::lowered(contentType);
    return !type.starts_with("image/") && !type.starts_with("audio/") && !type.starts_with("video/")
        && !type.starts_with("font/") && !type.starts_with("multipart/")
        && !hasAny(type,
                   {"octet-stream", "/zip", "/gzip", "/pdf", "protobuf", "eventstream", "msgpack", "grpc"});
}

// The end of `text` without a character of which only a part is there.
std::size_t endOfWholeCharacters(std::string_view text)
{
    std::size_t end = text.size();
    for (int i = 0; i < 3 && end > 0 && (static_cast<unsigned char>(text[end - 1]) & 0xc0U) == 0x80U; ++i)
        --end;
    if (end > 0 && static_cast<unsigned char>(text[end - 1]) >= 0xc0U && !utf8::decode(text, end - 1).isValid)
        return end - 1;
    return text.size();
}

bool isUtf8(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '\0')
            return false;
        const auto character = utf8::decode(text, at);
        if (!character.isValid)
            return false;
        at += character.length;
    }
    return true;
}

struct DecodedBody {
    std::string text;
    bool isCut = false;
    std::string note;
};

DecodedBody decoded(std::string_view bytes, const http::FieldList &head, std::size_t most)
{
    DecodedBody body;
    http::ContentDecoder decoder(head, decodeLimits);
    while (!bytes.empty() && !decoder.hasFailed() && body.text.size() <= most) {
        decoder.feed(bytes.substr(0, feedSize), [&body](std::string_view part) { body.text += part; });
        bytes.remove_prefix(std::min(bytes.size(), feedSize));
    }
    if (body.text.size() > most) {
        body.text.resize(most);
        body.isCut = true;
    }
    switch (decoder.state()) {
    case http::ContentDecoder::State::Reading:
        body.isCut = body.isCut || !decoder.isAtEnd();
        break;
    case http::ContentDecoder::State::Unsupported:
        body.note = "its content coding is not known";
        break;
    case http::ContentDecoder::State::Corrupt:
        body.note = "it does not decode as its content coding says";
        break;
    case http::ContentDecoder::State::TooLarge:
        body.note = "it decodes to more than is kept";
        break;
    }
    body.isCut = body.isCut || decoder.hasFailed();
    return body;
}

} // namespace

CollectedBody::CollectedBody(BodyKeeper *keeper, BodySide side)
    : m_keeper(keeper && keeper->isOn() ? keeper : nullptr)
    , m_side(side)
{
}

CollectedBody::~CollectedBody()
{
    drop();
}

void CollectedBody::drop()
{
    if (m_keeper)
        m_keeper->m_bytes -= std::exchange(m_counted, 0);
    std::string().swap(m_bytes);
}

void CollectedBody::setHead(const http::FieldList &head)
{
    if (!m_keeper)
        return;
    m_head.clear();
    for (const http::Field &field : head) {
        if (http::equalsIgnoringCase(field.name, "content-type")
            || http::equalsIgnoringCase(field.name, "content-encoding"))
            m_head.push_back(field);
    }
}

void CollectedBody::add(std::string_view piece)
{
    if (!m_keeper)
        return;
    m_fullSize += piece.size();
    const std::size_t room = m_keeper->m_capBytes - std::min(m_keeper->m_capBytes, m_bytes.size());
    piece = piece.substr(0, room);
    if (piece.empty() || m_isLeftOut)
        return;
    if (m_bytes.size() + piece.size() > m_bytes.capacity()) {
        const std::size_t wanted = std::max({firstCapacity, m_bytes.size() + piece.size(),
                                             std::min(2 * m_bytes.capacity(), m_keeper->m_capBytes)});
        if (!m_keeper->take(wanted - m_counted)) {
            m_isLeftOut = true;
            return drop();
        }
        m_counted = wanted;
        try {
            m_bytes.reserve(wanted);
        } catch (const std::bad_alloc &) { // costs the copy, not the connection
            m_isLeftOut = true;
            return drop();
        }
    }
    m_bytes += piece;
}

BodyKeeper::BodyKeeper(HandOver &handOver, bool isOn, std::size_t capBytes)
    : m_handOver(handOver)
    , m_isOn(isOn)
    , m_capBytes(capBytes)
{
    m_thread.reset(QThread::create([this] { run(); }));
    m_thread->setObjectName(QStringLiteral("bodies"));
    m_thread->start(QThread::LowPriority);
}

BodyKeeper::~BodyKeeper()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopping = true;
    }
    m_wake.notify_one();
    m_thread->wait();
}

bool BodyKeeper::take(std::size_t bytes)
{
    if (m_bytes.fetch_add(bytes) + bytes <= mostBytes)
        return true;
    m_bytes -= bytes;
    return false;
}

std::optional<BodyKeeper::Job> BodyKeeper::jobOf(ExchangeId id, CollectedBody &body, bool isWhole,
                                                 const Secrets &secrets)
{
    if (body.m_keeper != this || body.m_fullSize == 0 || !isOn()) {
        body.drop();
        return std::nullopt;
    }
    Job job;
    job.event.id = id;
    job.event.side = body.m_side;
    job.event.fullSize = body.m_fullSize;
    job.event.isTruncated = !isWhole || body.m_fullSize > body.m_bytes.size();
    if (const auto type = http::fieldValue(body.m_head, "content-type"))
        job.event.contentType = *type;
    if (body.m_isLeftOut)
        job.event.note = "not kept: too much passed at once";
    job.head = std::move(body.m_head);
    job.counted = std::exchange(body.m_counted, 0);
    job.bytes = std::exchange(body.m_bytes, {});
    job.secrets = secrets;
    body.m_keeper = nullptr;
    return job;
}

void BodyKeeper::keep(Job job)
{
    {
        const std::lock_guard lock(m_mutex);
        m_jobs.push_back(std::move(job));
        if (m_jobs.size() > 1)
            return; // it has been woken
    }
    m_wake.notify_one();
}

void BodyKeeper::run()
{
    std::vector<Job> jobs;
    for (;;) {
        jobs.clear();
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_isStopping || !m_jobs.empty(); });
            m_wake.wait_for(lock, gathering, [this] { return m_isStopping; });
            if (m_isStopping)
                return;
            jobs.swap(m_jobs);
        }
        for (Job &job : jobs) {
            const std::size_t counted = job.counted;
            try {
                make(std::move(job));
            } catch (const std::bad_alloc &) {
                qWarning("hookscope: a body was not kept: out of memory");
            }
            m_bytes -= counted;
        }
    }
}

void BodyKeeper::make(Job job)
{
    BodyKept &event = job.event;
    if (event.note.empty() && !isText(event.contentType)) {
        event.note = "not kept: it is no text";
    } else if (event.note.empty()) {
        DecodedBody body = decoded(job.bytes, job.head, m_capBytes);
        std::string().swap(job.bytes);
        event.isTruncated = event.isTruncated || body.isCut;
        event.note = std::move(body.note);
        if (event.isTruncated)
            body.text.resize(endOfWholeCharacters(body.text));
        if (!isUtf8(body.text))
            event.note = "not kept: it is no text";
        else
            event.text = std::make_shared<const std::string>(std::move(body.text));
    }
    if (!isOn())
        return;
    if (event.text && m_handOver.bodyBytes() + event.text->size() > mostHandedOver) {
        event.text.reset();
        event.note = "not kept: the window could not keep up";
    }
    m_handOver.put(redact(std::move(event), job.secrets));
}

} // namespace hookscope::proxy
