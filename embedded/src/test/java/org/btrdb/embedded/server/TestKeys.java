package org.btrdb.embedded.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.btrdb.client.grpc.TestCertificates;

/** The keys file of these tests; streams are in {@code plant/a}, others in {@code other/b}. */
final class TestKeys {
  static final String READER = "AAAAAAAA0000000000000001";
  static final String WRITER = "AAAAAAAA0000000000000002";
  static final String ADMIN = "AAAAAAAA0000000000000003";
  static final String OTHER = "AAAAAAAA0000000000000004";
  static final String ROOT = "AAAAAAAA0000000000000005";
  static final String MOVER = "AAAAAAAA0000000000000006";
  static final String WRONG = "AAAAAAAA0000000000000099";

  private TestKeys() {}

  static Path file(Path directory) throws IOException {
    return privateFile(
        directory.resolve("keys.yaml"),
        """
        users:
          reader: {keys: [AAAAAAAA0000000000000001], read: [plant/]}
          writer: {keys: [AAAAAAAA0000000000000002], write: [plant/]}
          admin:  {keys: [AAAAAAAA0000000000000003], admin: [plant/]}
          other:
            keys: [AAAAAAAA0000000000000004]
            read: [other/, pla/]
            write: [other/]
            admin: [other/, other/b]
          root:   {keys: [AAAAAAAA0000000000000005], admin: [""]}
          mover:  {keys: [AAAAAAAA0000000000000006], write: [plant/, moved/]}
        """);
  }

  /** The files of a server with one of these certificates. */
  static TlsFiles tls(TestCertificates certificates, String name) throws Exception {
    Path key = Path.of(certificates.key(name));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    return new TlsFiles(Path.of(certificates.certificate(name)), key);
  }

  static Path privateFile(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }
}
