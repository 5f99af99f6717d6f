package org.btrdb.client.grpc.connect;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * A PEM file (RFC 7468) that a property names; what is wrong with it is said with both names.
 *
 * @param name the property or variable
 * @param path the file
 * @param blocks what stands between BEGIN and END lines; text around them is ignored
 */
record PemFile(String name, String path, List<Block> blocks) {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
  private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  /**
   * One block.
   *
   * @param label what BEGIN says
   * @param base64 the text between
   */
  private record Block(String label, String base64) {
    /** Without the text, which may be a key. */
    @Override
    public String toString() {
      return "Block[label=" + label + "]";
    }
  }

  /** Reads a file that has one block at least. */
  static PemFile read(String name, String path) {
    String text;
    try {
      // Comments may be in any encoding; the blocks are ASCII.
      text = Files.readString(Path.of(path), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw refused(name, path, FileFailure.reason(e), e);
    } catch (InvalidPathException e) {
      throw refused(name, path, "no file name", e);
    }
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    if (blocks.isEmpty()) {
      throw refused(
          name, path, text.isBlank() ? "the file is empty" : "nothing in it is PEM", null);
    }
    return new PemFile(name, path, List.copyOf(blocks));
  }

  /** All certificates, in order; one at least. */
  List<X509Certificate> certificates() {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Block block : blocks) {
      if (block.label.equals("CERTIFICATE") || block.label.equals("X509 CERTIFICATE")) {
        certificates.add(certificate(block, certificates.size() + 1));
      }
    }
    if (certificates.isEmpty()) {
      throw refused(name, path, "it holds no certificate but " + blocks.get(0).label, null);
    }
    return List.copyOf(certificates);
  }

  private X509Certificate certificate(Block block, int number) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(decoded(block)));
    } catch (CertificateException e) {
      throw refused(name, path, "certificate " + number + " cannot be read", e);
    }
  }

  /** The one private key, which must be PKCS#8 and not encrypted. */
  PrivateKey privateKey() {
    List<Block> keys = blocks.stream().filter(b -> b.label.endsWith("PRIVATE KEY")).toList();
    if (keys.size() != 1) {
      throw refused(
          name,
          path,
          keys.isEmpty()
              ? "it holds no private key but " + blocks.get(0).label
              : "it holds " + keys.size() + " private keys",
          null);
    }
    Block key = keys.get(0);
    if (!key.label.equals("PRIVATE KEY")) {
      throw refused(
          name,
          path,
          key.label + " is not read, only PRIVATE KEY (openssl pkcs8 -topk8 -nocrypt makes it)",
          null);
    }
    PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(decoded(key));
    return KEY_ALGORITHMS.stream()
        .flatMap(algorithm -> privateKey(algorithm, encoded).stream())
        .findFirst()
        .orElseThrow(() -> refused("the private key cannot be read as any of " + KEY_ALGORITHMS));
  }

  private static Optional<PrivateKey> privateKey(String algorithm, PKCS8EncodedKeySpec encoded) {
    try {
      return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(encoded));
    } catch (GeneralSecurityException e) {
      return Optional.empty(); // a key of another algorithm, or of none
    }
  }

  private byte[] decoded(Block block) {
    try {
      return Base64.getMimeDecoder().decode(block.base64);
    } catch (IllegalArgumentException e) {
      throw refused(name, path, block.label + " is no base64", e);
    }
  }

  /** What is wrong with the file. */
  BtrdbException refused(String problem) {
    return refused(name, path, problem, null);
  }

  private static BtrdbException refused(
      String name, String path, String problem, @Nullable Throwable cause) {
    return new BtrdbException(ErrorCode.INVALID_URL, name + " '" + path + "': " + problem, cause);
  }
}
