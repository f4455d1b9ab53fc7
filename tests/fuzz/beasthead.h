#pragma once

#include "core/http/fields.h"

#include <boost/beast/http/basic_parser.hpp>
#include <string>
#include <string_view>

namespace hookscope::fuzz {

// A head as another parser in wide use reads it: what we accept must mean the same to whoever reads it next.
template <bool isRequest> class BeastHead final : public boost::beast::http::basic_parser<isRequest> {
public:
    explicit BeastHead(std::string_view raw)
    {
        this->header_limit(1U << 20U);
        this->body_limit(boost::none);
        this->skip(true);
        boost::beast::error_code error;
        this->put(boost::asio::buffer(raw.data(), raw.size()), error);
        isAccepted = this->is_header_done();
    }

    bool isAccepted = false;
    std::string method;
    std::string target;
    int status = 0;
    int version = 0; // 10 or 11
    http::FieldList fields;

private:
    using View = boost::beast::string_view;
    using Code = boost::beast::error_code;

    static std::string copyOf(View text) { return {text.data(), text.size()}; }

    void on_request_impl(boost::beast::http::verb, View asked, View of, int v, Code &) override
    {
        method = copyOf(asked);
        target = copyOf(of);
        version = v;
    }
    void on_response_impl(int code, View, int v, Code &) override
    {
        status = code;
        version = v;
    }
    void on_field_impl(boost::beast::http::field, View name, View value, Code &) override
    {
        fields.push_back({copyOf(name), copyOf(value)});
    }
    void on_header_impl(Code &) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t> &, Code &) override {}
    std::size_t on_body_impl(View body, Code &) override { return body.size(); }
    void on_chunk_header_impl(std::uint64_t, View, Code &) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, View body, Code &) override { return body.size(); }
    void on_finish_impl(Code &) override {}
};

} // namespace hookscope::fuzz
