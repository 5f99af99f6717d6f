package org.btrdb.client.grpc.connect;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;

/**
 * Who one side of a TLS connection is.
 *
 * @param chain its certificate and those that vouch for it
 * @param key the private key of its certificate
 */
public record TlsIdentity(List<X509Certificate> chain, PrivateKey key) {

  /** Copies the chain. */
  public TlsIdentity {
    chain = List.copyOf(chain);
  }

  /**
   * Reads two PEM files; messages name the one at fault, and by what it was given.
   *
   * @param certificateName the property or option that names the file of the chain
   * @param keyName the property or option that names the file of the private key
   * @throws BtrdbException {@link ErrorCode#INVALID_URL} if they cannot be read or do not belong
   *     together
   */
  public static TlsIdentity read(
      String certificateName, String certificatePath, String keyName, String keyPath) {
    List<X509Certificate> chain = PemFile.read(certificateName, certificatePath).certificates();
    PemFile keyFile = PemFile.read(keyName, keyPath);
    PrivateKey key = keyFile.privateKey();
    if (!belong(key, chain.get(0))) {
      throw keyFile.refused(
          "it is not the key of " + certificateName + " '" + certificatePath + "'");
    }
    return new TlsIdentity(chain, key);
  }

  /** Whether a key is the private half of what a certificate shows. */
  private static boolean belong(PrivateKey key, X509Certificate certificate) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    try {
      byte[] message = certificate.getEncoded();
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(message);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(message);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // another algorithm or another curve
    }
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "TlsIdentity[" + chain.get(0).getSubjectX500Principal() + "]";
  }
}
