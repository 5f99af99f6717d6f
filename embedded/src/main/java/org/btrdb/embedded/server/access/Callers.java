package org.btrdb.embedded.server.access;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.btrdb.client.error.BtrdbException;

/** Who may call: which key is whose, and who comes without one. */
public final class Callers {
  private static final String SCHEME = "bearer ";
  private static final int SALT_BYTES = 32;

  private final boolean asksForKeys;
  private final Caller unnamed;
  private final byte[] salt;
  private final Map<ByteString, Caller> byDigest = new HashMap<>();

  private Callers(boolean asksForKeys, Caller unnamed, byte[] salt) {
    this.asksForKeys = asksForKeys;
    this.unnamed = unnamed;
    this.salt = salt;
  }

  /** Whoever calls may do everything, and keys are not looked at. */
  public static Callers everybody() {
    return new Callers(false, Caller.EVERYBODY, new byte[0]);
  }

  /**
   * Those of a keys file, whose format is in docs/server.md.
   *
   * @throws BtrdbException in one line that names the file and the line in it, and no word of it
   */
  public static Callers read(Path keysFile) {
    return KeysFile.read(keysFile).callers();
  }

  /** Those of keys, which are told apart in any case. */
  static Callers of(Caller unnamed, Map<String, Caller> byKey) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    Callers callers = new Callers(true, unnamed, salt);
    byKey.forEach((key, caller) -> callers.byDigest.put(callers.digest(key), caller));
    return callers;
  }

  /**
   * Who sends these values of {@code authorization}: whose key it is; without a key, or with
   * another scheme than Bearer, the public (reference 4.3).
   *
   * @return empty if the key is nobody's
   */
  Optional<Caller> identify(Iterable<String> headers) {
    if (!asksForKeys) {
      return Optional.of(unnamed);
    }
    List<String> keys = new ArrayList<>();
    for (String header : headers) {
      String text = header.strip();
      if (text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
        keys.add(text.substring(SCHEME.length()).strip());
      }
    }
    return switch (keys.size()) {
      case 0 -> Optional.of(unnamed);
      case 1 -> Optional.ofNullable(byDigest.get(digest(keys.get(0))));
      default -> Optional.empty(); // nobody is two
    };
  }

  /**
   * What is kept and compared in place of a key. The salt is nobody's to know, so how long a
   * look-up takes tells nothing of the keys.
   */
  private ByteString digest(String key) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(salt);
      sha.update(key.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
      return ByteString.copyFrom(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
