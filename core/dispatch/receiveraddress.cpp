#include "core/dispatch/receiveraddress.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <utility>

namespace hookscope {

namespace {

struct AddressText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::ReceiverAddress)
};

using Subnet = std::pair<const char *, int>;

// Of clouds that have their metadata service outside of link-local: Alibaba, Oracle, AWS.
constexpr std::array<Subnet, 3> metadata{
    {{"100.100.100.200", 32}, {"192.0.0.192", 32}, {"fd00:ec2::254", 128}}};

constexpr std::array<Subnet, 7> neverReceivers{{{"0.0.0.0", 8},
                                                {"169.254.0.0", 16},
                                                {"224.0.0.0", 4},
                                                {"240.0.0.0", 4},
                                                {"::", 128},
                                                {"fe80::", 10},
                                                {"ff00::", 8}}};

constexpr std::array<Subnet, 11> ownNetworks{{{"127.0.0.0", 8},
                                              {"10.0.0.0", 8},
                                              {"172.16.0.0", 12},
                                              {"192.168.0.0", 16},
                                              {"100.64.0.0", 10},
                                              {"192.0.0.0", 24},
                                              {"198.18.0.0", 15},
                                              {"::1", 128},
                                              {"fc00::", 7},
                                              {"fec0::", 10},
                                              {"64:ff9b:1::", 48}}};

template <std::size_t Size> bool isIn(const QHostAddress &address, const std::array<Subnet, Size> &subnets)
{
    return std::any_of(subnets.begin(), subnets.end(), [&address](const Subnet &subnet) {
        return address.isInSubnet(QHostAddress(QLatin1String(subnet.first)), subnet.second);
    });
}

// Mapped (::ffff:0:0/96), compatible (::/96), translated (64:ff9b::/96) and 6to4 (2002::/16) addresses.
QHostAddress withinIpv6(const QHostAddress &address)
{
    if (address.protocol() != QAbstractSocket::IPv6Protocol)
        return address;
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    const auto ipv4At = [&bytes](int at) {
        return QHostAddress((quint32(bytes[at]) << 24) | (quint32(bytes[at + 1]) << 16)
                            | (quint32(bytes[at + 2]) << 8) | quint32(bytes[at + 3]));
    };
    const auto isZero = [&bytes](int from, int to) {
        return std::all_of(&bytes.c[from], &bytes.c[to], [](quint8 byte) { return byte == 0; });
    };
    if (isZero(0, 10) && bytes[10] == 0xff && bytes[11] == 0xff)
        return ipv4At(12);
    if (isZero(0, 12) && !isZero(12, 15))
        return ipv4At(12);
    if (bytes[0] == 0x00 && bytes[1] == 0x64 && bytes[2] == 0xff && bytes[3] == 0x9b && isZero(4, 12))
        return ipv4At(12);
    if (bytes[0] == 0x20 && bytes[1] == 0x02)
        return ipv4At(2);
    return address;
}

} // namespace

Reach reachOf(const QHostAddress &given)
{
    QHostAddress address = withinIpv6(given);
    address.setScopeId({});
    if (address.isNull() || isIn(address, metadata) || isIn(address, neverReceivers))
        return Reach::Forbidden;
    return isIn(address, ownNetworks) ? Reach::Private : Reach::Public;
}

bool namesPrivate(const QString &host)
{
    const QString name = host.toLower();
    if (name == QLatin1String("localhost") || name.endsWith(QLatin1String(".localhost")))
        return true;
    const QHostAddress address(name);
    return !address.isNull() && reachOf(address) == Reach::Private;
}

QString refusalOf(const QString &host, const QHostAddress &address, bool isPrivateAllowed)
{
    switch (reachOf(address)) {
    case Reach::Public:
        return {};
    case Reach::Private:
        if (isPrivateAllowed || namesPrivate(host))
            return {};
        return AddressText::tr("Nothing was sent: %1 leads to the private address %2. If it is meant to, set "
                               "\"allow_private\" of the hook to true, or write the address itself")
            .arg(host, address.toString());
    case Reach::Forbidden:
        break;
    }
    return AddressText::tr(
               "Nothing was sent: %1 is an address that no receiver has (link-local, a cloud's metadata "
               "service or the like)")
        .arg(address.toString());
}

} // namespace hookscope
