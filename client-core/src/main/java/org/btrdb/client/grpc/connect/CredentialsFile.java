package org.btrdb.client.grpc.connect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * The profiles of a credentials file (reference 4.2). Messages name the file, the profile and the
 * place in it, never a value.
 *
 * @param path where it was read from
 * @param profiles by name, in the order of the file
 */
record CredentialsFile(Path path, Map<String, Profile> profiles) {
  private static final Set<String> NOTHING = Set.of("", "~", "null");

  /**
   * Where a profile leads.
   *
   * @param endpoints as written, empty if the profile names none
   * @param apiKey empty if the profile has none
   */
  record Profile(String endpoints, String apiKey) {
    static final Profile EMPTY = new Profile("", "");

    /** Without the key. */
    @Override
    public String toString() {
      return "Profile[endpoints=" + endpoints + "]";
    }
  }

  /** Reads a file; empty if there is none. */
  static Optional<CredentialsFile> read(Path path) {
    if (Files.notExists(path)) {
      return Optional.empty();
    }
    String text;
    try {
      text = Files.readString(path);
    } catch (IOException e) {
      throw new BtrdbException(
          ErrorCode.INVALID_URL, "cannot read " + path + ": " + FileFailure.reason(e), e);
    }
    return Optional.of(new CredentialsFile(path, profiles(path, parse(path, text))));
  }

  /** The profile of a name, if there is one. */
  Optional<Profile> profile(String name) {
    return Optional.ofNullable(profiles.get(name));
  }

  private static @Nullable Object parse(Path path, String text) {
    // Failsafe: every scalar stays the text it is, as a key may look like a number.
    LoadSettings settings = LoadSettings.builder().setSchema(new FailsafeSchema()).build();
    try {
      Iterator<Object> documents = new Load(settings).loadAllFromString(text).iterator();
      Object first = documents.hasNext() ? documents.next() : null;
      if (documents.hasNext()) {
        throw wrong(path, "makes no sense: it holds more than one document");
      }
      return first;
    } catch (MarkedYamlEngineException e) {
      // Neither its message nor itself as the cause: it quotes the line, which may hold a key.
      throw wrong(
          path,
          "is no YAML"
              + e.getProblemMark()
                  .map(
                      mark ->
                          ": line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                  .orElse(""));
    } catch (YamlEngineException e) {
      throw wrong(path, "is no YAML");
    }
  }

  private static Map<String, Profile> profiles(Path path, @Nullable Object document) {
    if (document == null || document.equals("")) {
      return Map.of();
    }
    Map<String, Profile> profiles = new LinkedHashMap<>();
    mapping(path, document, "the file")
        .forEach(
            (key, entry) -> {
              String name = key.toString();
              Object btrdb = mapping(path, entry, "profile '" + name + "'").get("btrdb");
              if (btrdb == null) {
                profiles.put(name, Profile.EMPTY);
                return;
              }
              Map<?, ?> values = mapping(path, btrdb, "btrdb of profile '" + name + "'");
              profiles.put(
                  name,
                  new Profile(
                      text(path, values, "endpoints", name), text(path, values, "api_key", name)));
            });
    return profiles;
  }

  private static Map<?, ?> mapping(Path path, @Nullable Object node, String what) {
    if (node instanceof Map<?, ?> map) {
      return map;
    }
    throw wrong(path, "makes no sense: " + what + " is no mapping");
  }

  private static String text(Path path, Map<?, ?> values, String key, String profile) {
    Object value = values.get(key);
    if (value == null) {
      return "";
    }
    if (value instanceof String text) {
      return NOTHING.contains(text) ? "" : text.strip();
    }
    throw wrong(path, "makes no sense: " + key + " of profile '" + profile + "' is no text");
  }

  private static BtrdbException wrong(Path path, String problem) {
    return new BtrdbException(ErrorCode.INVALID_URL, path + " " + problem);
  }
}
