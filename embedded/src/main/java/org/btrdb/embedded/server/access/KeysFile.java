package org.btrdb.embedded.server.access;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.grpc.connect.FileFailure;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * A keys file: YAML of {@code public}, with what those may do who send no key, and {@code users},
 * by name with {@code keys} and what each may do. That is {@code read}, {@code write} and {@code
 * admin}, each a list of prefixes.
 *
 * <p>Whatever is not understood is refused. Messages name the line and never a word of the file:
 * any of its words may be a key in the wrong place.
 */
final class KeysFile {
  private static final String WHAT = "keys file";
  private static final Set<String> FILE_FIELDS = Set.of("public", "users");
  private static final Set<String> PUBLIC_FIELDS = Set.of("read", "write", "admin");
  private static final Set<String> USER_FIELDS = Set.of("keys", "read", "write", "admin");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}");

  /** BTrDB's own have 24 characters, of which 16 are possible each. */
  private static final Pattern KEY = Pattern.compile("[!-~]{16,256}");

  private final Path path;
  private final Map<String, Caller> byKey = new HashMap<>();
  private final Map<String, Integer> linesOfKeys = new HashMap<>();
  private Caller unnamed = new Caller("who sends no key", List.of(), List.of(), List.of());

  private KeysFile(Path path) {
    this.path = path;
  }

  /** Reads a file. */
  static KeysFile read(Path path) {
    PrivateFile.check(WHAT, path);
    KeysFile file = new KeysFile(path);
    try {
      file.take(Files.readString(path));
    } catch (CharacterCodingException e) {
      throw PrivateFile.refused(WHAT, path, "it is no UTF-8", e);
    } catch (IOException e) {
      throw PrivateFile.refused(WHAT, path, FileFailure.reason(e), e);
    }
    return file;
  }

  /** Who may call. */
  Callers callers() {
    return Callers.of(unnamed, byKey);
  }

  private void take(String text) {
    Node document =
        document(text)
            .orElseThrow(() -> PrivateFile.refused(WHAT, path, "there is nothing in it", null));
    Map<String, Node> fields = fields(document, FILE_FIELDS, "the file");
    Node everyone = fields.get("public");
    if (everyone != null) {
      unnamed =
          caller("who sends no key", everyone, fields(everyone, PUBLIC_FIELDS, "what is public"));
    }
    Node users = fields.get("users");
    if (users != null) {
      mapping(users, "users").forEach(this::takeUser);
    }
  }

  private Optional<Node> document(String text) {
    // Failsafe: every scalar stays the text it is, as a key may look like a number.
    LoadSettings settings = LoadSettings.builder().setSchema(new FailsafeSchema()).build();
    try {
      return new Compose(settings).composeString(text);
    } catch (MarkedYamlEngineException e) {
      // Neither its message nor itself as the cause: it quotes the line, which may hold a key.
      throw wrong(e.getProblemMark(), "this is no YAML");
    } catch (YamlEngineException e) {
      throw PrivateFile.refused(WHAT, path, "it is no YAML", null);
    }
  }

  private void takeUser(String name, Node node) {
    if (!NAME.matcher(name).matches()) {
      throw wrong(
          node.getStartMark(), "the name of this user is not letters, digits and any of _ . @ -");
    }
    Map<String, Node> fields = fields(node, USER_FIELDS, "a user");
    Caller caller = caller("'" + name + "'", node, fields);
    Node keys = fields.get("keys");
    if (keys == null) {
      throw wrong(node.getStartMark(), "this user has no field keys");
    }
    for (ScalarNode key : list(keys, "keys")) {
      takeKey(key, caller);
    }
  }

  private void takeKey(ScalarNode node, Caller caller) {
    String key = node.getValue();
    if (!KEY.matcher(key).matches()) {
      throw wrong(
          node.getStartMark(), "a key here is not 16 to 256 characters of ASCII without blanks");
    }
    String upper = key.toUpperCase(Locale.ROOT);
    int line = line(node.getStartMark().orElse(null));
    Integer earlier = linesOfKeys.putIfAbsent(upper, line);
    if (earlier != null) {
      throw wrong(
          node.getStartMark(), "a key here is also in line " + earlier + " (case does not count)");
    }
    byKey.put(upper, caller);
  }

  private Caller caller(String name, Node node, Map<String, Node> fields) {
    if (PUBLIC_FIELDS.stream().noneMatch(fields::containsKey)) {
      throw wrong(node.getStartMark(), "here is neither read nor write nor admin");
    }
    return new Caller(
        name, prefixes(fields, "read"), prefixes(fields, "write"), prefixes(fields, "admin"));
  }

  private List<String> prefixes(Map<String, Node> fields, String field) {
    Node node = fields.get(field);
    return node == null
        ? List.of()
        : list(node, field).stream().map(prefix -> prefix(prefix, field)).toList();
  }

  private String prefix(ScalarNode node, String field) {
    if (node.getValue().isEmpty() && node.getScalarStyle() == ScalarStyle.PLAIN) {
      throw wrong(
          node.getStartMark(), "a prefix of " + field + " is missing; \"\" stands for everything");
    }
    return node.getValue();
  }

  private Map<String, Node> fields(Node node, Set<String> known, String what) {
    Map<String, Node> fields = mapping(node, what);
    fields.forEach(
        (name, value) -> {
          if (!known.contains(name)) {
            throw wrong(
                value.getStartMark(),
                what + " has a field here that is none of " + String.join(", ", sorted(known)));
          }
        });
    return fields;
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }

  private Map<String, Node> mapping(Node node, String what) {
    if (!(node instanceof MappingNode mapping)) {
      throw wrong(node.getStartMark(), what + " is no mapping (name: value)");
    }
    Map<String, Node> values = new LinkedHashMap<>();
    for (NodeTuple pair : mapping.getValue()) {
      if (!(pair.getKeyNode() instanceof ScalarNode name)) {
        throw wrong(pair.getKeyNode().getStartMark(), "a name in " + what + " is no text");
      }
      if (values.put(name.getValue(), pair.getValueNode()) != null) {
        throw wrong(name.getStartMark(), what + " has a name here that it has already");
      }
    }
    return values;
  }

  private List<ScalarNode> list(Node node, String what) {
    if (!(node instanceof SequenceNode sequence)) {
      throw wrong(node.getStartMark(), what + " is no list, such as [a, b]");
    }
    return sequence.getValue().stream()
        .map(
            element -> {
              if (element instanceof ScalarNode text) {
                return text;
              }
              throw wrong(element.getStartMark(), "what is listed in " + what + " here is no text");
            })
        .toList();
  }

  private BtrdbException wrong(Optional<Mark> mark, String problem) {
    return PrivateFile.refused(
        WHAT, path, mark.map(m -> "line " + line(m) + ": ").orElse("") + problem, null);
  }

  private static int line(@org.jspecify.annotations.Nullable Mark mark) {
    return mark == null ? 0 : mark.getLine() + 1;
  }
}
