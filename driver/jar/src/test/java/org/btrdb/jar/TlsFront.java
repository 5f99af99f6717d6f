package org.btrdb.jar;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;

/** Speaks TLS (HTTP/2 by ALPN) with clients, and plaintext with a server behind it. */
final class TlsFront implements AutoCloseable {
  private static final char[] PASSWORD = "only-in-tests".toCharArray();

  private final SSLServerSocket listener;
  private final int port;
  private final Path certificate;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  private TlsFront(SSLServerSocket listener, int port, Path certificate) {
    this.listener = listener;
    this.port = port;
    this.certificate = certificate;
  }

  /** Starts one before a port of this machine, with a certificate made in a directory. */
  static TlsFront before(int port, Path directory) throws Exception {
    Path file = directory.resolve("server.p12");
    makeCertificate(file);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    Path certificate = directory.resolve("server.pem");
    Files.writeString(
        certificate,
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(store.getCertificate("server").getEncoded())
            + "\n-----END CERTIFICATE-----\n",
        StandardCharsets.US_ASCII);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    SSLServerSocket listener =
        (SSLServerSocket) context.getServerSocketFactory().createServerSocket();
    SSLParameters parameters = listener.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    listener.setSSLParameters(parameters);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    TlsFront front = new TlsFront(listener, port, certificate);
    start("tls-accept", front::accept);
    return front;
  }

  private static void makeCertificate(Path file) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-dname",
                "CN=server",
                "-keyalg",
                "EC",
                "-ext",
                "san=ip:127.0.0.1",
                "-ext",
                "bc:c=ca:true",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException("keytool: " + said);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  /** The PEM file of the certificate, which signed itself. */
  Path certificate() {
    return certificate;
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
      sockets.addAll(List.of(client, server));
      start("tls-in", () -> pump(client, server));
      start("tls-out", () -> pump(server, client));
    }
  }

  private static void pump(Socket from, Socket to) throws IOException {
    byte[] bytes = new byte[1 << 14];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        out.write(bytes, 0, n);
        out.flush();
      }
    }
  }

  private static void start(String name, IoWork work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // One side hung up, or the front was closed.
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  private interface IoWork {
    void run() throws IOException;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
