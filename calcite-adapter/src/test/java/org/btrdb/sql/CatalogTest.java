package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.model.NewStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names: exact first, then unique in any case, never a silent choice. */
class CatalogTest {
  private final TestBtrdb db = new TestBtrdb();

  @AfterEach
  void close() {
    db.close();
  }

  private void one(String collection, String name, double value) {
    db.stream(collection, name, new long[] {1}, new double[] {value});
  }

  private Object valueOf(String table) {
    return java.util.Objects.requireNonNull(db.rows("SELECT value FROM " + table).get(0).get(0));
  }

  @Test
  void exactSpellingWinsOverOtherCases() {
    one("c", "L1MAG", 1);
    one("c", "l1mag", 2);
    one("c", "FREQ", 3);
    assertThat(valueOf("c.L1MAG")).isEqualTo(1.0);
    assertThat(valueOf("c.l1mag")).isEqualTo(2.0);
    assertThat(valueOf("c.freq")).isEqualTo(3.0);
    assertThatThrownBy(() -> valueOf("c.L1Mag"))
        .isInstanceOf(BtrdbException.class)
        .hasMessageContaining("ambiguous")
        .hasMessageContaining("L1MAG")
        .hasMessageContaining("l1mag");
  }

  @Test
  void streamsOfOneNameAreToldApartByUuid() {
    UUID a = UUID.fromString("0d22a53b-e2ef-4e0a-ab89-b2d48fb2592a");
    UUID b = UUID.fromString("17dbe387-89ea-42b6-864b-f505cdb483f5");
    create(a, "volts");
    create(b, "amps");
    assertThatThrownBy(() -> db.rows("SELECT * FROM \"x/y\".S"))
        .isInstanceOf(BtrdbException.class)
        .hasMessageContaining("S#0d22a53b")
        .hasMessageContaining("S#17dbe387");
    assertThat(db.rows("SELECT * FROM \"x/y\".\"S#0d22a53b\"")).isEmpty();
    assertThat(db.rows("SELECT * FROM uuid.\"" + b + "\"")).isEmpty();
  }

  private void create(UUID uuid, String unit) {
    db.btrdb()
        .create(
            new NewStream(uuid, "x/y", Map.of("name", "S", "unit", unit), Map.of()),
            CallScope.unbounded());
  }

  @Test
  void collectionsOfAnySpellingAreSchemas() {
    for (String collection : List.of("a.b", "a b", "Ümläut/ß", "a\"b", "select", "USEAST/1")) {
      one(collection, "time", 5);
      assertThat(valueOf("\"" + collection.replace("\"", "\"\"") + "\".time")).isEqualTo(5.0);
    }
  }

  @Test
  void unknownNamesSayWhatIsMissing() {
    one("c", "S", 1);
    assertThatThrownBy(() -> db.rows("SELECT * FROM c.T"))
        .isInstanceOf(SqlRefusal.class)
        .hasMessage("line 1, column 15: no stream 'T' in collection 'c'");
    assertThatThrownBy(() -> db.rows("SELECT volts FROM c.S"))
        .isInstanceOf(SqlRefusal.class)
        .extracting(e -> ((SqlRefusal) e).reason())
        .isEqualTo(SqlRefusal.Reason.UNKNOWN_COLUMN);
  }

  @Test
  void resolvingANameListsNothing() {
    for (int i = 0; i < 50; i++) {
      one("c" + i, "S", i);
    }
    db.rows("SELECT a.value FROM c7.S AS a, c8.S AS b");
    assertThat(db.allCalls()).containsExactly("lookup", "lookup", "raw", "raw");
  }

  @Test
  void createdTablesAreStreams() {
    db.update(
        "CREATE TABLE \"new/c\".S (time TIMESTAMP(9) NOT NULL, value DOUBLE NOT NULL)"
            + " WITH (unit = 'V');");
    db.update("CREATE TABLE IF NOT EXISTS \"new/c\".S");
    assertThatThrownBy(() -> db.update("CREATE TABLE \"new/c\".S"))
        .isInstanceOf(BtrdbException.class)
        .hasMessageContaining("exists already");
    assertThatThrownBy(() -> db.update("CREATE TABLE \"new/c\".T (time TIMESTAMP, phase DOUBLE)"))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("no others");
    assertThat(db.rows("SELECT * FROM \"new/c\".S")).isEmpty();
  }
}
