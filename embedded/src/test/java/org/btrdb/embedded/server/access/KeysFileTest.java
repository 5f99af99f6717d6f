package org.btrdb.embedded.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.btrdb.client.error.BtrdbException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys files: what they mean, and how each mistake is told, by its line and without a key. */
class KeysFileTest {
  private static final String KEY = "0123456789ABCDEF01234567";
  private static final String OTHER_KEY = "a-much.longer/key+with_other=characters";

  @TempDir Path directory;

  private Path file(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("keys.yaml"), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  private Callers read(String text) throws IOException {
    return Callers.read(file(text));
  }

  private static Caller sending(Callers callers, String key) {
    return callers.identify(List.of("Bearer " + key)).orElseThrow();
  }

  @Test
  void saysWhoMayDoWhatWhere() throws IOException {
    Callers callers =
        read(
            """
            # comments are comments
            public:
              read: [open/]
            users:
              loader:
                keys:
                  - 0123456789ABCDEF01234567
                  - a-much.longer/key+with_other=characters   # the next one
                read: [plant/, ett]
                write: ["plant/"]
              "op@site-1": {keys: ["000000000000000000000001"], admin: [""]}
            """);
    Caller unnamed = callers.identify(List.of()).orElseThrow();
    assertThat(unnamed.may(Permission.READ, "open/x")).isTrue();
    assertThat(unnamed.may(Permission.READ, "open")).isFalse();
    assertThat(unnamed.mayAnywhere(Permission.WRITE)).isFalse();
    Caller loader = sending(callers, KEY);
    assertThat(sending(callers, OTHER_KEY)).isSameAs(loader);
    assertThat(loader).hasToString("'loader'");
    assertThat(loader.may(Permission.READ, "ett/h1")).isTrue();
    assertThat(loader.may(Permission.READ, "etta")).isTrue(); // characters, not components
    assertThat(loader.may(Permission.WRITE, "plant/a")).isTrue();
    assertThat(loader.may(Permission.WRITE, "ett/h1")).isFalse();
    assertThat(loader.mayAnywhere(Permission.ADMIN)).isFalse();
    Caller operator = sending(callers, "000000000000000000000001"); // a text, not the number 1
    for (Permission permission : Permission.values()) {
      assertThat(operator.mayEverywhere(permission)).isTrue();
    }
    assertThat(callers.identify(List.of("Bearer 1"))).isEmpty();
    assertThat(loader + " " + unnamed).doesNotContainIgnoringCase(KEY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          users: {u: {keys: [KEY], read: [a]}}~}                    | line 2: this is no YAML
          users: [                                                  | line 2: this is no YAML
          [KEY]                                                     | line 1: the file is no mapping
          usres: {u: {keys: [KEY], read: [a]}}                      | line 1: the file has a field here that is none of public, users
          users: KEY                                                | line 1: users is no mapping
          users:~  u: KEY                                           | line 2: a user is no mapping
          users:~  KEY:~    u: [a]                                  | line 3: a user has a field here that is none of admin, keys, read, write
          users:~  u:~    key: KEY~    read: [a]                    | line 3: a user has a field here that is none of
          users:~  u:~    keys: KEY~    read: [a]                   | line 3: keys is no list
          users:~  u:~    read: [a]                                 | line 3: this user has no field keys
          users:~  u:~    keys: [KEY]                               | line 3: here is neither read nor write nor admin
          users:~  u:~    keys:~      - 0123~    read: [a]          | line 4: a key here is not 16 to 256 characters
          users:~  u:~    keys: ["KEY x"]~    read: [a]             | line 3: a key here is not 16 to 256 characters
          users:~  u:~    keys: [{KEY: 1}]~    read: [a]            | line 3: what is listed in keys here is no text
          users:~  u: {keys: [KEY], read: [a]}~  v: {keys: [key],~   read: [b]} | line 3: a key here is also in line 2 (case does not count)
          users:~  u: {keys: [KEY], read: [a]}~  u: {keys: [], read: [b]} | line 3: users has a name here that it has already
          users:~  u: {keys: [KEY], read: [a], read: [b]}           | line 2: a user has a name here that it has already
          users:~  u:~    keys: [KEY]~    read: a                   | line 4: read is no list
          users:~  u:~    keys: [KEY]~    read:~     - a~     -     | line 6: a prefix of read is missing; "" stands for everything
          users:~  u:~    keys: [KEY]~    admin:                    | line 4: admin is no list
          users:~  "u v": {keys: [KEY], read: [a]}                  | line 2: the name of this user is not letters
          public: {keys: [KEY]}                                     | line 1: what is public has a field here that is none of admin, read, write
          public: {}                                                | line 1: here is neither read nor write nor admin
          """)
  void mistakesAreToldByTheirLine(String text, String problem) throws IOException {
    String yaml =
        text.replace("~", "\n")
                .replace("KEY", KEY)
                .replace("[key]", "[" + KEY.toLowerCase(java.util.Locale.ROOT) + "]")
            + "\n";
    assertRefused(file(yaml), problem);
  }

  private static void assertRefused(Path file, String problem) {
    assertThatThrownBy(() -> Callers.read(file))
        .isInstanceOf(BtrdbException.class)
        .hasMessageStartingWith("keys file '" + file + "': " + problem)
        .hasMessageNotContaining("\n")
        .satisfies(
            failure -> {
              java.io.StringWriter trace = new java.io.StringWriter();
              failure.printStackTrace(new java.io.PrintWriter(trace));
              String text = trace.toString().replace(file.toString(), ""); // digits by chance
              assertThat(text).doesNotContainIgnoringCase(KEY).doesNotContain("0123");
            });
  }

  @Test
  void filesThatAreNoneAreNamed() throws IOException {
    assertRefused(file(""), "there is nothing in it");
    assertRefused(file("# nothing\n"), "there is nothing in it");
    assertRefused(file("a: 1\n---\nb: 2\n"), "line 2: this is no YAML");
    assertRefused(directory.resolve("none.yaml"), "no such file");
    Path latin = file("");
    Files.write(latin, "users: {ü: {}}".getBytes(StandardCharsets.ISO_8859_1));
    assertRefused(latin, "it is no UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw--w----", "rw-----w-", "rwxrwxrwx"})
  void aFileThatIsNotPrivateIsRefused(String permissions) throws IOException {
    Path file = file("users: {u: {keys: [" + KEY + "], read: [a]}}\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    assertThatThrownBy(() -> Callers.read(file))
        .hasMessageStartingWith("keys file '" + file + "': ")
        .hasMessageContaining("chmod 600");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
    assertThat(sending(Callers.read(file), KEY).may(Permission.READ, "a")).isTrue();
  }

  @Test
  void grantsThatOthersCoverChangeNothing() {
    Grants grants = Grants.of(List.of("b/c", "a", "b/", "a/b", "\uD83D\uDE00", "\uFFFD", "a"));
    assertThat(grants.prefixes()).containsExactly("a", "b/", "\uFFFD", "\uD83D\uDE00");
    assertThat(grants.within("")).isEqualTo(grants.prefixes());
    assertThat(grants.within("b")).containsExactly("b/");
    assertThat(grants.within("b/x")).containsExactly("b/x");
    assertThat(grants.within("c")).isEmpty();
    assertThat(Grants.of(List.of("x", "")).prefixes()).containsExactly("");
  }
}
