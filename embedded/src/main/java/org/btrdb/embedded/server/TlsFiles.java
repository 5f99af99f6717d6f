package org.btrdb.embedded.server;

import java.nio.file.Path;

/**
 * The PEM files that a server needs for TLS; they are read when it starts.
 *
 * @param certificate its certificate and those that vouch for it, in this order
 * @param key the private key of its certificate, PKCS#8 and not encrypted, private to its owner
 */
public record TlsFiles(Path certificate, Path key) {}
