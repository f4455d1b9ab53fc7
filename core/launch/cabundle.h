#pragma once

#include "core/error.h"
#include "core/launch/clientenvironment.h"

namespace hookscope {

// For variables that replace the system's certificate authorities: the system's, those of files that the
// user's own variables name (SSL_CERT_FILE and the like), and ours, each once, as PEM. Written whole or not
// at all. The error says which file cannot be read or written; a file of the user's that cannot be read is
// left out.
Result<void> writeCaBundle(const QString &path, const QString &ourCertificate, const Environment &current);

// Whether that certificate, as PEM, is among the system's.
bool isSystemCertificate(const QByteArray &pem);

} // namespace hookscope
