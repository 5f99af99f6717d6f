package org.btrdb.client.grpc;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Certificates made for one test run by the JDK's keytool, which every JDK has and no library must
 * bring; all in one key store, written out as PEM files.
 */
public final class TestCertificates {
  private static final String PASSWORD = "only-in-tests";

  private final Path directory;
  private final KeyStore store;

  private TestCertificates(Path directory, KeyStore store) {
    this.directory = directory;
    this.store = store;
  }

  /**
   * Makes them: {@code ca} and {@code stranger} are CAs; {@code alone} (127.0.0.1) vouches for
   * itself; by {@code ca} signed are {@code server} (127.0.0.1), {@code elsewhere}
   * (btrdb.example.org), {@code expired} and {@code client}; {@code foreign} is a client's, signed
   * by {@code stranger}.
   */
  public static TestCertificates make(Path directory) throws Exception {
    Path file = directory.resolve("all.p12");
    make(file, "ca", "-ext", "bc:c=ca:true");
    make(file, "stranger", "-ext", "bc:c=ca:true");
    make(file, "alone", "-ext", "san=ip:127.0.0.1");
    make(file, "server", "-signer", "ca", "-ext", "san=ip:127.0.0.1");
    make(file, "elsewhere", "-signer", "ca", "-ext", "san=dns:btrdb.example.org");
    make(
        file,
        "expired",
        "-signer",
        "ca",
        "-ext",
        "san=ip:127.0.0.1",
        "-startdate",
        "-9d",
        "-validity",
        "3");
    make(file, "client", "-signer", "ca");
    make(file, "foreign", "-signer", "stranger", "-keyalg", "RSA", "-keysize", "2048");
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return new TestCertificates(directory, store);
  }

  private static void make(Path file, String name, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1", // lives too briefly for more
                "-J-XX:+UseSerialGC",
                "-genkeypair",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
    command.addAll(List.of(more));
    if (!command.contains("-keyalg")) {
      command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
    }
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    if (keytool.waitFor() != 0) {
      throw new IOException(name + ": " + said);
    }
  }

  /** The PEM file of a certificate. */
  public String certificate(String name) throws GeneralSecurityException, IOException {
    return write(name + ".crt", "CERTIFICATE", store.getCertificate(name).getEncoded());
  }

  /** The PEM file of a private key. */
  public String key(String name) throws GeneralSecurityException, IOException {
    return write(name + ".key", "PRIVATE KEY", privateKey(name).getEncoded());
  }

  private String write(String file, String label, byte[] content) throws IOException {
    return Files.writeString(
            directory.resolve(file),
            "# a comment -- which is ignored\n-----BEGIN "
                + label
                + "-----\n"
                + Base64.getMimeEncoder().encodeToString(content)
                + "\n-----END "
                + label
                + "-----\n")
        .toString();
  }

  private PrivateKey privateKey(String name) throws GeneralSecurityException {
    return (PrivateKey) store.getKey(name, PASSWORD.toCharArray());
  }

  /**
   * What a server with a certificate needs; if it wants one of its clients, {@code ca} signs it.
   */
  SslContext server(String name, ClientAuth clients, String... protocols) throws Exception {
    SslContextBuilder builder =
        GrpcSslContexts.configure(
            SslContextBuilder.forServer(
                privateKey(name), (X509Certificate) store.getCertificate(name)),
            SslProvider.JDK);
    builder.trustManager((X509Certificate) store.getCertificate("ca")).clientAuth(clients);
    if (protocols.length > 0) {
      builder.protocols(protocols);
    }
    return builder.build();
  }
}
