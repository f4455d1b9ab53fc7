#pragma once

#include <QFuture>
#include <QPromise>
#include <QThreadPool>
#include <memory>

namespace hookscope {

// Runs work() on a thread of the pool and gives what it returns to done(result) in `context`'s thread, unless
// `context` is gone by then. What work() uses it must own. The caller drops results that are out of date.
template <class Work, class Done> void runOffThread(QObject *context, Work work, Done done)
{
    using Result = decltype(work());
    auto promise = std::make_shared<QPromise<Result>>();
    promise->future().then(context, [done = std::move(done)](const Result &result) { done(result); });
    QThreadPool::globalInstance()->start([promise, work = std::move(work)] {
        promise->start();
        promise->addResult(work());
        promise->finish();
    });
}

} // namespace hookscope
