package org.btrdb.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is in the one jar, and what is not. */
final class JarContentsIT {
  private static final String SHADED = "org/btrdb/jdbc/shaded/";
  private static final long MOST_BYTES = 48_000_000;

  /** Everything of the jar: one line a kind. */
  private static final Pattern ALLOWED =
      Pattern.compile(
          String.join(
              "|",
              "org/btrdb/(client|embedded|jdbc|proto|sql)/.*",
              "org/|org/btrdb/|META-INF/|META-INF/(licenses|native|services)/",
              "META-INF/(MANIFEST\\.MF|LICENSE|NOTICE|NOTICE\\.txt|THIRD-PARTY\\.txt)",
              "META-INF/(FastDoubleParser|FastDoubleParser-ThirdParty|Schubfach)-LICENSE",
              "META-INF/licenses/[A-Za-z0-9.-]+\\.txt",
              "META-INF/native/liborg_btrdb_jdbc_shaded_io_grpc_\\w+\\.so",
              "META-INF/services/java\\.sql\\.Driver",
              "META-INF/services/org\\.btrdb\\.client\\.spi\\.BtrdbProvider",
              "META-INF/services/org\\.btrdb\\.jdbc\\.shaded\\.[A-Za-z0-9.]+"));

  private static JarFile jar;

  @BeforeAll
  static void open() throws IOException {
    jar = new JarFile(IsolatedJar.file().toFile());
  }

  @AfterAll
  static void close() throws IOException {
    jar.close();
  }

  @Test
  void everythingIsOursOrRelocated() {
    List<String> names = jar.stream().map(ZipEntry::getName).toList();
    assertThat(names.stream().filter(name -> !ALLOWED.matcher(name).matches())).isEmpty();
    assertThat(names.stream().filter(name -> name.endsWith("module-info.class"))).isEmpty();
    assertThat(Set.copyOf(names)).hasSameSizeAs(names);
  }

  @Test
  void isNoLargerThanItWas() throws IOException {
    assertThat(Files.size(IsolatedJar.file())).isLessThan(MOST_BYTES);
  }

  @Test
  void servicesNameClassesThatAreThere() throws IOException {
    assertThat(lines("META-INF/services/java.sql.Driver"))
        .containsExactly("org.btrdb.jdbc.BtrdbDriver");
    assertThat(lines("META-INF/services/org.btrdb.client.spi.BtrdbProvider"))
        .containsExactlyInAnyOrder(
            "org.btrdb.client.grpc.GrpcProvider", "org.btrdb.embedded.EmbeddedProvider");
    List<String> services =
        jar.stream()
            .map(ZipEntry::getName)
            .filter(name -> name.matches("META-INF/services/.+"))
            .toList();
    assertThat(services)
        .contains("META-INF/services/org.btrdb.jdbc.shaded.io.grpc.NameResolverProvider")
        .contains("META-INF/services/org.btrdb.jdbc.shaded.io.grpc.LoadBalancerProvider");
    for (String service : services) {
      assertThat(lines(service))
          .allMatch(line -> jar.getEntry(line.replace('.', '/') + ".class") != null);
    }
  }

  @Test
  void theManifestSaysWhatJavaAsksFor() throws IOException {
    Attributes attributes = jar.getManifest().getMainAttributes();
    assertThat(attributes.getValue("Main-Class")).isEqualTo("org.btrdb.jdbc.DriverMain");
    assertThat(attributes.getValue("Implementation-Version")).isNotBlank();
    assertThat(jar.getManifest().getEntries()).isEmpty(); // no digests of what was signed
  }

  @Test
  void isAModuleOfItsOwnName() {
    Set<ModuleReference> modules = ModuleFinder.of(IsolatedJar.file()).findAll();
    assertThat(modules).hasSize(1);
    ModuleReference module = modules.iterator().next();
    assertThat(module.descriptor().name()).isEqualTo("org.btrdb.jdbc");
    assertThat(module.descriptor().provides())
        .anyMatch(
            provided ->
                provided.service().equals("java.sql.Driver")
                    && provided.providers().equals(List.of("org.btrdb.jdbc.BtrdbDriver")));
  }

  /** Of the licences that each library in the list may be had under, one has its text here. */
  @Test
  void everyLibraryIsListedWithItsLicence() throws IOException {
    List<String> listed =
        lines("META-INF/THIRD-PARTY.txt").stream().filter(l -> l.startsWith("(")).toList();
    assertThat(listed).hasSizeGreaterThan(30);
    for (String line : listed) {
      assertThat(line).doesNotContain("Unknown").matches("(\\([A-Z][A-Za-z0-9.-]+\\) )+.*");
      Matcher licence = Pattern.compile("\\(([A-Z][A-Za-z]*-?[0-9.A-Za-z-]*)\\) ").matcher(line);
      boolean texted = false;
      while (licence.find()) {
        String name = licence.group(1);
        texted |=
            name.equals("Apache-2.0") || jar.getEntry("META-INF/licenses/" + name + ".txt") != null;
      }
      assertThat(texted).as(line).isTrue();
    }
    for (String library : List.of("calcite-core", "grpc-netty-shaded", "h2-mvstore", "janino")) {
      assertThat(listed).anyMatch(line -> line.contains(":" + library + ":"));
    }
    assertThat(lines("META-INF/LICENSE")).contains("Apache License");
    assertThat(lines("META-INF/NOTICE"))
        .contains("btrdb-jdbc", "Apache Calcite")
        .anyMatch(line -> line.contains("Jackson"));
    assertThat(lines("META-INF/NOTICE.txt")).contains("The Netty Project");
  }

  /** References that lead nowhere are only those that each library can do without. */
  @Test
  void nothingIsMissingThatWasNotLeftOut() throws IOException {
    ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    assertThat(jdeps.run(writer, writer, "--missing-deps", IsolatedJar.file().toString())).isZero();
    Set<String> missing = new TreeSet<>();
    Matcher arrow = Pattern.compile("-> (\\S+)\\s+not found").matcher(out.toString());
    while (arrow.find()) {
      missing.add(arrow.group(1));
    }
    missing.remove(IsolatedJar.file().getFileName().toString());
    List<String> leftOut = leftOut();
    assertThat(missing).hasSizeGreaterThan(50);
    assertThat(missing.stream().filter(name -> leftOut.stream().noneMatch(name::startsWith)))
        .as("packages to be named in left-out.txt, or put into the jar")
        .isEmpty();
    assertThat(leftOut.stream().filter(p -> missing.stream().noneMatch(m -> m.startsWith(p))))
        .as("lines of left-out.txt that are not needed")
        .isEmpty();
  }

  private static List<String> leftOut() throws IOException {
    try (InputStream in = JarContentsIT.class.getResourceAsStream("left-out.txt")) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.replace("shaded/", SHADED.replace('/', '.')))
          .toList();
    }
  }

  private static List<String> lines(String entry) throws IOException {
    try (InputStream in = jar.getInputStream(jar.getEntry(entry))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .toList();
    }
  }
}
