// Writes a HAR file of each kind of exchange, for another program to read: harsample FILE
#include "core/formats/exchangewriter.h"
#include "tests/formats/sampleexchanges.h"

#include <fstream>

using namespace hookscope;

namespace {

std::vector<Exchange> exchanges()
{
    samples::Builder odd(7, {{"X-Odd", "\x01 \xff \xc3\xa4 \"\\"}, {"Cookie", "a=0123456789"}},
                         "http://user:password@h:81/a b|{}\xff?q=%zz&=&key=0123456789&[]=\"#f");
    odd.request().answer(302,
                         {{"Location", "/b"}, {"Content-Encoding", "gzip"}, {"Set-Cookie", "a=0123456789"}});
    samples::Builder socket(8, {{"Upgrade", "websocket"}});
    socket.request().answer(101);
    socket.add(socket.call()).add(socket.call());
    return {samples::finishedCall(),        samples::tunnel(),
            samples::unanswered(),          samples::running(),
            samples::Builder(6).exchange(), odd.finish("It was cut.").exchange(),
            socket.finish().exchange()};
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    const auto writer = makeExchangeWriter(ExportFormat::Har);
    std::string out;
    writer->begin(out);
    for (const Exchange &exchange : exchanges())
        writer->add(exchange, out);
    writer->end(out);
    return std::ofstream(argv[1], std::ios::binary) << out ? 0 : 1;
}
