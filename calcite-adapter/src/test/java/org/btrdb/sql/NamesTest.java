package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MetadataChange;
import org.btrdb.client.model.NewStream;
import org.btrdb.sql.catalog.SchemaNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form of name there is, what it costs to find it, and what is said of one that is not. */
class NamesTest {
  private static final UUID A = UUID.fromString("0d22a53b-e2ef-4e0a-ab89-b2d48fb2592a");
  private static final UUID B = UUID.fromString("0d22a53b-e2ef-4e0a-ab89-b2d48fb2592b");

  private final AtomicLong nanoTime = new AtomicLong();
  private TestBtrdb db = db(SessionOptions.DEFAULT);

  private TestBtrdb db(SessionOptions options) {
    return new TestBtrdb(
        new Ticker() {
          @Override
          public long read() {
            return nanoTime.get();
          }
        },
        options);
  }

  @AfterEach
  void close() {
    db.close();
  }

  private void reopen(SessionOptions options) {
    db.close();
    db = db(options);
  }

  private void later(Duration duration) {
    nanoTime.addAndGet(duration.toNanos());
  }

  private UUID one(String collection, String name, double value) {
    return db.stream(collection, name, new long[] {1}, new double[] {value});
  }

  private void create(UUID uuid, String collection, Map<String, String> tags) {
    db.btrdb().create(new NewStream(uuid, collection, tags, Map.of()), CallScope.unbounded());
  }

  private Object valueOf(String table) {
    return Objects.requireNonNull(db.rows("SELECT value FROM " + table).get(0).get(0));
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private void assertMissing(String table, String message) {
    assertThatThrownBy(() -> db.rows("SELECT * FROM " + table))
        .isInstanceOf(SqlRefusal.class)
        .hasMessage("line 1, column 15: " + message)
        .extracting(e -> ((SqlRefusal) e).reason().sqlState())
        .isEqualTo("42S02");
  }

  // Forms.

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "USEAST_NOC1/90807",
        "a.b.c",
        "a/b.c/d",
        "/leading",
        "trailing/",
        "two  spaces ",
        "Ümläut/ß→",
        "日本/東京",
        "e\u0301 and é",
        "emoji😀/x",
        "quote\"inside",
        "'single'",
        "back\\slash",
        "per%cent_",
        "semi;colon--comment",
        "/*comment*/",
        "tab\tulator",
        "select",
        "123",
        "x#0d22a53b",
        "x$pw38",
        "?"
      })
  void collectionsAndStreamsOfAnySpelling(String name) {
    one(name, name, 5);
    one(name, "other", 6);
    one("elsewhere", name, 7);
    assertThat(valueOf(quoted(name) + "." + quoted(name))).isEqualTo(5.0);
    assertThat(db.allCalls()).containsExactly("lookup", "raw");
    assertThat(valueOf(quoted(name) + ".other")).isEqualTo(6.0);
    assertThat(valueOf("elsewhere." + quoted(name))).isEqualTo(7.0);
    assertThat(db.rows("SELECT other, " + quoted(name) + " FROM " + quoted(name)))
        .containsExactly(List.of(6.0, 5.0));
    assertThat(db.rows("SELECT other FROM wide." + quoted(name))).containsExactly(List.of(6.0));
    assertThat(db.rowsIn(name, "SELECT value FROM " + quoted(name))).containsExactly(List.of(5.0));
    assertThat(db.rowsIn(name, "SELECT value FROM OTHER")).containsExactly(List.of(6.0));
  }

  @Test
  void lineBreaksAreEscaped() {
    one("line\nbreak", "carriage\rreturn", 3);
    assertThat(valueOf("U&\"line\\000abreak\".U&\"carriage\\000dreturn\"")).isEqualTo(3.0);
  }

  @Test
  void collectionsOf255BytesAndNamesOf255Characters() {
    String ascii = "c".repeat(255);
    String wide = "日".repeat(85);
    String name = "名".repeat(255);
    one(ascii, name, 1);
    one(wide, name, 2);
    assertThat(valueOf(quoted(ascii) + "." + quoted(name))).isEqualTo(1.0);
    assertThat(valueOf(quoted(wide) + "." + quoted(name))).isEqualTo(2.0);
    assertThatThrownBy(() -> db.rows("SELECT * FROM " + quoted(ascii + "c") + ".x"))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("no stream 'x'");
  }

  @Test
  void oneOfSeveralStreamsOfANameIsToldByItsUuid() {
    create(A, "c", Map.of("name", "S", "unit", "V"));
    create(B, "c", Map.of("name", "S", "unit", "A"));
    create(new UUID(1, 1), "c", Map.of("name", "S", "unit", "W"));
    String a = "S#0d22a53be2ef4e0aab89b2d48fb2592a";
    String b = "S#0d22a53be2ef4e0aab89b2d48fb2592b";
    assertThatThrownBy(() -> db.rows("SELECT * FROM c.S"))
        .isInstanceOf(BtrdbException.class)
        .hasMessage(
            "'S' in collection 'c' is ambiguous: \"S#00000000\", \"" + a + "\", \"" + b + '"')
        .extracting(e -> ((BtrdbException) e).code().sqlState())
        .isEqualTo("42602");
    assertThat(db.allCalls()).containsExactly("lookup");
    for (String name :
        List.of(a, b, "S#00000000", "S#00000000000", "s#0D22A53BE2EF4E0AAB89B2D48FB2592A")) {
      assertThat(db.rows("SELECT * FROM c." + quoted(name))).isEmpty();
    }
    assertThatThrownBy(() -> db.rows("SELECT * FROM c.\"S#0d22a53b\""))
        .hasMessageContaining("ambiguous")
        .hasMessageContaining(a)
        .hasMessageContaining(b);
    assertThat(db.allCalls()).containsExactly("lookup", "lookup");
    assertMissing("c.\"S#deadbeef\"", "no stream 'S#deadbeef' in collection 'c'");
    db.rows("SELECT " + quoted(a) + " FROM c");
  }

  @Test
  void aNameThatLooksLikeSuchATableKeepsIt() {
    create(A, "c", Map.of("name", "S", "unit", "V"));
    create(new UUID(1, 1), "c", Map.of("name", "S", "unit", "A"));
    one("c", "S#0d22a53b", 7);
    assertThat(valueOf("c.\"S#0d22a53b\"")).isEqualTo(7.0);
    assertThat(db.rows("SELECT * FROM c.\"S#0d22a53be\"")).isEmpty();
    assertThat(
            db.session().catalog().tables("c", CallScope.unbounded()).stream().map(t -> t.table()))
        .containsExactly("S#00000000", "S#0d22a53b", "S#0d22a53be");
  }

  @Test
  void streamsWithoutANameAreTheirUuids() {
    create(A, "c", Map.of("unit", "V"));
    create(B, "c", Map.of("name", "named"));
    create(new UUID(1, 1), "c", Map.of("name", new UUID(2, 2).toString()));
    create(new UUID(2, 2), "c", Map.of());
    assertThat(db.rows("SELECT * FROM c." + quoted(A.toString()))).isEmpty();
    assertThat(db.allCalls()).containsExactly("lookup", "stream", "raw");
    assertThat(db.rows("SELECT " + quoted(A.toString()) + " FROM c")).isEmpty();
    assertMissing(
        "d." + quoted(A.toString()),
        "no stream '" + A + "' in collection 'd', which has none at all");
    assertMissing("c." + quoted(B.toString()), "no stream '" + B + "' in collection 'c'");
    assertThat(
            db.session().catalog().tables("c", CallScope.unbounded()).stream().map(t -> t.table()))
        .containsExactly(
            "#00000000000000020000000000000002", new UUID(2, 2).toString(), A.toString(), "named");
    assertThat(db.rows("SELECT * FROM c.\"#00000000000000020000000000000002\"")).isEmpty();
  }

  @Test
  void everyStreamIsInTheSchemaOfUuids() {
    create(A, "c", Map.of("name", "S"));
    assertThat(db.rows("SELECT * FROM uuid." + quoted(A.toString()))).isEmpty();
    assertThat(db.allCalls()).containsExactly("stream", "raw");
    assertThat(db.rows("SELECT * FROM uuid." + quoted(A.toString().toUpperCase(Locale.ROOT))))
        .isEmpty();
    assertMissing("uuid." + quoted(B.toString()), "no stream with uuid '" + B + "'");
    for (String nonsense : List.of("S", "1-1-1-1-1")) {
      assertThatThrownBy(() -> db.rows("SELECT * FROM uuid." + quoted(nonsense)))
          .as(nonsense)
          .hasMessageContaining("not a uuid: '" + nonsense + "'");
    }
    assertThatThrownBy(() -> db.rows("SELECT * FROM uuid.\"\""))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("column 20");
  }

  @Test
  void columnsOfDevicesThatDifferByCaseOnlyAreToldApart() {
    one("c", "L1MAG", 1);
    one("c", "l1mag", 2);
    one("c", "FREQ", 3);
    one("c", "Time", 4);
    assertThat(db.rows("SELECT TO_NANOS(time), freq FROM c")).containsExactly(List.of(1L, 3.0));
    List<String> columns =
        db.prepare("SELECT * FROM c").columns().stream().map(column -> column.name()).toList();
    assertThat(columns).hasSize(5);
    assertThat(columns.get(0)).isEqualTo("time");
    assertThat(columns.get(1)).isEqualTo("FREQ");
    assertThat(columns.get(2)).matches("L1MAG#[0-9a-f]{8}");
    assertThat(columns.get(3)).matches("Time#[0-9a-f]{8}");
    assertThat(columns.get(4)).matches("l1mag#[0-9a-f]{8}");
    assertThat(
            db.rows(
                "SELECT "
                    + quoted(columns.get(2))
                    + ", "
                    + quoted(columns.get(4))
                    + ", w."
                    + quoted(columns.get(3))
                    + " FROM c AS w"))
        .containsExactly(List.of(1.0, 2.0, 4.0));
    assertThatThrownBy(() -> db.rows("SELECT L1MAG FROM c"))
        .isInstanceOf(SqlRefusal.class)
        .extracting(e -> ((SqlRefusal) e).reason())
        .isEqualTo(SqlRefusal.Reason.UNKNOWN_COLUMN);
  }

  // Schemas that are no collections.

  @Test
  void reservedSchemasAreFoundInAnyCase() {
    one("c", "S", 1);
    assertThat(db.rows("SELECT S FROM WIDE.c")).containsExactly(List.of(1.0));
    assertThat(db.rows("SELECT collection FROM BTRDB.COLLECTIONS")).containsExactly(List.of("c"));
    assertThat(db.rowsIn("btrdb", "SELECT collection FROM collections"))
        .containsExactly(List.of("c"));
    one("BTRDB", "collections", 9);
    assertThat(valueOf("BTRDB.collections")).isEqualTo(9.0);
  }

  @Test
  void collectionsCalledLikeThemAreReachedUnderOtherNames() {
    reopen(
        SessionOptions.DEFAULT.withSchemaNames(new SchemaNames("devices", "long", "by id", "sys")));
    for (String name : List.of("wide", "tall", "uuid", "btrdb")) {
      one(name, "streams", 4);
      assertThat(valueOf(name + ".streams")).isEqualTo(4.0);
      assertThat(db.rows("SELECT streams FROM " + name)).containsExactly(List.of(4.0));
      assertThat(db.rows("SELECT streams FROM devices." + name)).containsExactly(List.of(4.0));
    }
    UUID uuid = one("c", "S", 3);
    assertThat(valueOf("\"by id\"." + quoted(uuid.toString()))).isEqualTo(3.0);
    assertThat(db.rows("SELECT COUNT(*) FROM sys.streams")).containsExactly(List.of(5L));
    assertMissing("sys.strems", "no system table 'strems'; did you mean 'streams'?");
    assertMissing(
        "devices.d",
        "no collection 'd'; a stream is named with its own: \"collection\".\"stream\"");
  }

  @Test
  void reservedNamesHideCollectionsButForTheirWideTables() {
    one("wide", "S", 1);
    assertThat(db.rows("SELECT S FROM wide.wide")).containsExactly(List.of(1.0));
    assertThat(db.rows("SELECT S FROM wide")).containsExactly(List.of(1.0));
    assertMissing(
        "wide.S", "no collection 'S'; a stream is named with its own: \"collection\".\"stream\"");
    assertThatThrownBy(() -> db.update("CREATE TABLE btrdb.S"))
        .isInstanceOf(SqlRefusal.class)
        .hasMessage("schema 'btrdb' is no collection: no stream can be created in it");
  }

  @Test
  void reservedNamesMustDiffer() {
    assertThatThrownBy(() -> new SchemaNames("a", "A", "b", "c"))
        .isInstanceOf(BtrdbException.class)
        .hasMessageContaining("four different names, not a, A, b, c");
    assertThatThrownBy(() -> new SchemaNames("a", "", "b", "c"))
        .isInstanceOf(BtrdbException.class)
        .hasMessageContaining("four different names, not a, , b, c");
  }

  // Names without a schema.

  @Test
  void aNameAloneIsAStreamOfTheDefaultSchemaOrADevice() {
    one("sun/PMU3", "L1MAG", 1);
    one("sun/PMU3", "sun/PMU4", 2);
    one("sun/PMU4", "L1MAG", 3);
    one("sun/PMU5", "L1MAG", 4);
    assertThat(db.rowsIn("sun/PMU3", "SELECT value FROM l1mag")).containsExactly(List.of(1.0));
    assertThat(db.rowsIn("sun/PMU3", "SELECT value FROM \"sun/PMU4\""))
        .containsExactly(List.of(2.0));
    assertThat(db.rowsIn("sun/PMU3", "SELECT L1MAG FROM \"sun/PMU5\""))
        .containsExactly(List.of(4.0));
    assertThat(db.rowsIn("sun/PMU3", "SELECT value FROM \"sun/PMU4\".L1MAG"))
        .containsExactly(List.of(3.0));
    assertThat(db.rowsIn("sun/PMU3", "WITH L1MAG AS (SELECT 9 AS value) SELECT value FROM L1MAG"))
        .containsExactly(List.of(9));
    assertThat(db.rowsIn("sun/PMU3", "WITH L1MAG AS (SELECT 9 AS value) SELECT value FROM l1mag"))
        .containsExactly(List.of(9));
    assertThatThrownBy(
            () -> db.rows("WITH a AS (SELECT 1 AS x), A AS (SELECT 2 AS x) SELECT * FROM a, A"))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("WITH names two queries 'A'");
    assertThatThrownBy(() -> db.rowsIn("sun/PMU3", "SELECT value FROM L1MAX"))
        .hasMessage(
            "line 1, column 19: no stream 'L1MAX' in collection 'sun/PMU3'; did you mean 'L1MAG'?");
    assertThatThrownBy(() -> db.rows("SELECT * FROM a.b.c"))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageNotContaining("\n");
  }

  // What is missing.

  @Test
  void aMissingNameIsNamedWithTheNearestKnownOne() {
    one("sunshine/PMU3", "L1MAG", 1);
    one("sunshine/PMU3", "L1ANG", 1);
    one("sunshine/PMU30", "FREQ", 1);
    assertMissing(
        "\"sunshine/PMU3\".L1MOG",
        "no stream 'L1MOG' in collection 'sunshine/PMU3'; did you mean 'L1MAG'?");
    assertMissing("\"sunshine/PMU3\".voltage", "no stream 'voltage' in collection 'sunshine/PMU3'");
    assertMissing(
        "\"sunshine/PMU31\".FREQ",
        "no stream 'FREQ' in collection 'sunshine/PMU31', which has none at all; did you mean"
            + " 'sunshine/PMU3'?");
    assertMissing(
        "\"Sunshine/pmu30\".FREQ",
        "no stream 'FREQ' in collection 'Sunshine/pmu30', which has none at all; did you mean"
            + " 'sunshine/PMU30'?");
    assertMissing(
        "\"sunshine/PMU\"",
        "no collection 'sunshine/PMU'; a stream is named with its own:"
            + " \"collection\".\"stream\"; did you mean 'sunshine/PMU3'?");
    assertMissing("tall.sunshine", "no collection 'sunshine'");
    assertMissing("btrdb.collection", "no system table 'collection'; did you mean 'collections'?");
  }

  // What it costs.

  @Test
  void aNameIsLookedUpOnceInItsLifetime() {
    one("c", "S", 1);
    one("c", "T", 2);
    String sql = "SELECT a.value FROM c.S AS a JOIN c.S AS b ON a.time = b.time, c.T";
    db.rows(sql);
    assertThat(db.allCalls()).containsExactlyInAnyOrder("lookup", "lookup", "raw", "raw", "raw");
    db.rows(sql);
    assertThat(db.allCalls()).containsExactly("raw", "raw", "raw");
    later(Duration.ofMillis(29_999));
    db.rows("SELECT value FROM c.S");
    assertThat(db.allCalls()).containsExactly("raw");
    later(Duration.ofMillis(1));
    db.rows("SELECT value FROM c.S");
    assertThat(db.allCalls()).containsExactly("lookup", "raw");
    db.session().refresh();
    db.rows("SELECT value FROM c.S");
    assertThat(db.allCalls()).containsExactly("lookup", "raw");
    db.rows("SELECT S, T FROM c");
    assertThat(db.allCalls()).containsExactly("lookup", "raw", "raw");
    db.rows("SELECT S, T FROM c");
    assertThat(db.allCalls()).containsExactly("raw", "raw");
  }

  @Test
  void aLifetimeOfZeroLooksUpEachTime() {
    reopen(SessionOptions.DEFAULT.withNameLifetime(Duration.ZERO));
    one("c", "S", 1);
    for (int i = 0; i < 3; i++) {
      db.rows("SELECT value FROM c.S");
      assertThat(db.allCalls()).containsExactly("lookup", "raw");
    }
  }

  @Test
  void aRenamedStreamIsNoticedWhenItsNameWasForgotten() {
    UUID uuid = one("c", "S", 1);
    assertThat(valueOf("c.S")).isEqualTo(1.0);
    rename(uuid, "T");
    one("c", "S", 2);
    assertThat(valueOf("c.S")).isEqualTo(1.0);
    assertThat(valueOf("c.T")).isEqualTo(1.0);
    later(Duration.ofSeconds(30));
    assertThat(valueOf("c.S")).isEqualTo(2.0);
    rename(uuid, "U");
    db.session().refresh();
    assertMissing("c.T", "no stream 'T' in collection 'c'");
    assertThat(valueOf("c.U")).isEqualTo(1.0);
  }

  /** As another client does. */
  private void rename(UUID uuid, String name) {
    long version = db.btrdb().stream(uuid, CallScope.unbounded()).orElseThrow().propertyVersion();
    db.btrdb()
        .setTags(
            uuid,
            version,
            null,
            MetadataChange.setting(Map.of("name", name)),
            CallScope.unbounded());
  }

  @Test
  void whatIsMissingIsNotRemembered() {
    assertThatThrownBy(() -> db.rows("SELECT value FROM c.S"))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("no stream 'S' in collection 'c'");
    one("c", "S", 1);
    assertThat(valueOf("c.S")).isEqualTo(1.0);
  }

  @Test
  void aCreatedStreamIsInTheDevicesTableAtOnce() {
    one("c", "S", 1);
    assertThat(db.rows("SELECT * FROM c")).hasSize(1);
    db.update("CREATE TABLE c.T");
    assertThat(db.prepare("SELECT * FROM c").columns()).hasSize(3);
  }

  @Test
  void aNameThatLedToAStreamThatIsGoneIsForgotten() {
    UUID gone = one("c", "S", 1);
    valueOf("c.S");
    db.btrdb().obliterate(gone, CallScope.unbounded());
    one("c", "S", 2);
    assertThatThrownBy(() -> valueOf("c.S"))
        .isInstanceOf(BtrdbException.class)
        .extracting(e -> ((BtrdbException) e).code())
        .isEqualTo(ErrorCode.NO_SUCH_STREAM);
    assertThat(valueOf("c.S")).isEqualTo(2.0);
  }

  /** 100,000 streams in 5,000 collections: names cost what they cost among three. */
  @Test
  void namesAmongManyCostNoMore() {
    for (int c = 0; c < 5_000; c++) {
      for (int s = 0; s < 20; s++) {
        create(new UUID(c, s), "plant/" + c % 50 + "/PMU" + c, Map.of("name", "S" + s));
      }
    }
    db.rows("SELECT value FROM \"plant/17/PMU4017\".S7");
    assertThat(db.allCalls()).containsExactly("lookup", "raw");
    db.rows("SELECT value FROM \"plant/17/PMU4017\".S7");
    assertThat(db.allCalls()).containsExactly("raw");
    db.rows("SELECT value FROM \"plant/17/PMU4017\".s8");
    assertThat(db.allCalls()).containsExactly("lookup", "lookup", "raw");
    db.rows("SELECT S3 FROM \"plant/17/PMU4017\"");
    assertThat(db.allCalls()).containsExactly("lookup", "raw");
    db.rowsIn("plant/49/PMU49", "SELECT value FROM S19");
    assertThat(db.allCalls()).containsExactly("lookup", "raw");
    long begun = System.nanoTime();
    for (int c = 0; c < 100; c++) {
      db.prepare("SELECT value FROM \"plant/" + c % 50 + "/PMU" + c + "\".S5");
      assertThat(db.allCalls()).containsExactly("lookup");
    }
    System.out.printf(
        Locale.ROOT,
        "100 names among 100,000 prepared in %.1f ms%n",
        (System.nanoTime() - begun) / 1e6);
  }
}
