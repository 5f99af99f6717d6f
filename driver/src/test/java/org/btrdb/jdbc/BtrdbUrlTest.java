package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BtrdbUrlTest {

  private static BtrdbUrl parse(String url, String... properties) throws SQLException {
    Properties given = new Properties();
    for (int i = 0; i < properties.length; i += 2) {
      given.setProperty(properties[i], properties[i + 1]);
    }
    return BtrdbUrl.parse(url, given);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "jdbc:btrdb://localhost                    | grpc | localhost                  | ''",
        "jdbc:btrdb://localhost:1                  | grpc | localhost:1                | ''",
        "jdbc:btrdb://localhost/                   | grpc | localhost                  | ''",
        "jdbc:btrdb://a:1,b,c.example.org:65535/x  | grpc | a:1,b,c.example.org:65535 | x",
        "jdbc:btrdb://[::1]:4411/x                 | grpc | [::1]:4411                 | x",
        "jdbc:btrdb://[fe80::1]                    | grpc | [fe80::1]                  | ''",
        "jdbc:btrdb://h/ett/h1                     | grpc | h                          | ett/h1",
        "jdbc:btrdb://h/ett%2Fh1                   | grpc | h                          | ett/h1",
        "jdbc:btrdb://h/a%3Fb%26c%25d+e            | grpc | h                          | a?b&c%d+e",
        "jdbc:btrdb://h/%C3%BC?connectTimeout=3    | grpc | h                          | ü",
        "jdbc:btrdb://h?schema=a%20b               | grpc | h                          | a b",
        "jdbc:btrdb://h/x?schema=x                 | grpc | h                          | x",
        "jdbc:btrdb:                               | grpc | ''                         | ''",
        "jdbc:btrdb:?profile=lab&schema=x          | grpc | ''                         | x",
        "jdbc:btrdb://                             | grpc | ''                         | ''",
        "jdbc:btrdb:///x?profile=lab               | grpc | ''                         | x",
        "jdbc:btrdb://h?profile=                   | grpc | h                          | ''",
        "jdbc:btrdb:file:/var/lib/b                | file | /var/lib/b                 | ''",
        "jdbc:btrdb:file:rel/a b?schema=x          | file | rel/a b                    | x",
        "jdbc:btrdb:file:a%3Fb                     | file | a?b                        | ''",
        "jdbc:btrdb:mem:demo?&schema=x&            | mem  | demo                       | x",
      })
  void readsWhatIsRight(String url, String scheme, String target, String schema)
      throws SQLException {
    BtrdbUrl parsed = parse(url);

    assertThat(parsed.scheme()).isEqualTo(scheme);
    assertThat(parsed.target()).isEqualTo(target);
    assertThat(parsed.get(BtrdbProperty.SCHEMA)).isEqualTo(schema);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "jdbc:btrdb:x                        | 'jdbc:btrdb:x' is no BTrDB URL",
        "jdbc:btrdb:/host                    | is no BTrDB URL",
        "jdbc:btrdb://,                      | '' is no host:port",
        "jdbc:btrdb://h?profile=lab          | endpoints 'h' and profile 'lab' are both given; leave one",
        "jdbc:btrdb://h?tls=yes              | tls 'yes' is none of true, false",
        "jdbc:btrdb://h?maxInboundMessageSize=4MB | '4MB' is no number of bytes",
        "jdbc:btrdb://h?keepAlive=-1         | keepAlive '-1' is no number of seconds",
        "jdbc:btrdb://a,,b                   | '' is no host:port",
        "jdbc:btrdb://a:                     | 'a:' is no host:port",
        "jdbc:btrdb://a:x                    | 'a:x' is no host:port",
        "jdbc:btrdb://a:0                    | port 0",
        "jdbc:btrdb://a:65536                | port 65536",
        "jdbc:btrdb://::1:44                 | '::1:44' is no host:port",
        "jdbc:btrdb:file:                    | file: needs a directory",
        "jdbc:btrdb:mem:?schema=x            | mem: needs a name",
        "jdbc:btrdb://h?shcema=x             | unknown property 'shcema'; did you mean 'schema'?",
        "jdbc:btrdb://h?api-key=x            | did you mean 'apiKey'?",
        "jdbc:btrdb://h?zzzzzzzzzzzzzzzz=x   | known are user, password, apiKey",
        "jdbc:btrdb://h?schema               | without '='",
        "jdbc:btrdb://h?queryTimeout=soon    | queryTimeout 'soon' is no number of seconds",
        "jdbc:btrdb://h?queryTimeout=-1      | queryTimeout '-1' is no number of seconds",
        "jdbc:btrdb://h?connectTimeout=0     | '0' is no number of milliseconds from 1",
        "jdbc:btrdb://h?mergePolicy=newest   | none of never, equal, retain, replace",
        "jdbc:btrdb://h?schema=a&schema=b    | 'schema' is in the URL twice",
        "jdbc:btrdb://h/a?schema=b           | 'schema' is in the URL twice",
        "jdbc:btrdb://h/a%2                  | '%' without two hexadecimal digits",
        "jdbc:btrdb://h/a%zz                 | '%' without two hexadecimal digits",
        "jdbc:btrdb://h/%FF                  | no UTF-8",
      })
  void saysInOneLineWhatIsWrong(String url, String message) {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> parse(url))
        .withMessageContaining(message)
        .withMessageContaining("jdbc:btrdb://host:4410/schema")
        .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("08001"))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:btrdb://joe:s3cret@host/x",
        "jdbc:btrdb://joe:s3/cret@host",
        "jdbc:btrdb://host?password=x&s3cret",
        "jdbc:btrdb://host?password=s3cret&password=other",
        "jdbc:btrdb://host?apiKey=s3cret&bogus=1",
        "jdbc:btrdb://host?apiKey=s3cret%",
        "jdbc:btrdb://host?apiKey=x&s3cret=",
        "jdbc:btrdb://host:1;apiKey=s3cret",
        "jdbc:btrdb://host:1;s3cret",
        "jdbc:btrdb://host;s3cret:99999",
        "jdbc:btrdb://host?tls=true;s3cret",
        "jdbc:btrdb://host?tls=true;apiKey=s3cret",
        "jdbc:btrdb://host?user=u;apiKey=s3cret",
        "jdbc:btrdb://host?user=u#API-KEY=s3cret",
        "jdbc:btrdb:joe:s3cret@host/x",
        "jdbc:btrdb:apiKey=s3cret",
        "jdbc:btrdb:mem:x;apiKey=s3cret",
        "jdbc:btrdb:mem:x&apiKey=s3cret",
        "jdbc:btrdb:mem:x#apiKey=s3cret"
      })
  void messagesHoldNoSecret(String url) {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> parse(url))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3"));
    BtrdbDataSource source = new BtrdbDataSource();
    source.setUrl(url);
    assertThat(source.getUrl() + source).doesNotContain("s3");
  }

  /** As other drivers' URLs have them: taken for a part of the place, they would have no effect. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:btrdb://h:4597/plant;tls=true",
        "jdbc:btrdb://h:4597;tls=true",
        "jdbc:btrdb://h/plant&apiKey=K",
        "jdbc:btrdb://h/plant# tls = true",
        "jdbc:btrdb:;profile=lab",
        "jdbc:btrdb:file:DIR;create=false",
        "jdbc:btrdb:file:DIR;create=false?schema=x",
        "jdbc:btrdb://h?schema=plant;tls=true",
        "jdbc:btrdb://h?connectTimeout=9;apiKey=K",
      })
  void optionsThatWouldHaveNoEffectAreRefused(String url) {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> parse(url))
        .withMessageContaining("options follow a '?' and are separated by '&'");
  }

  @Test
  void whatOnlyLooksLikeOptionsIsTakenWhereItIsEncodedOrUnknown() throws SQLException {
    assertThat(parse("jdbc:btrdb:file:DIR%3Bcreate=false").target()).isEqualTo("DIR;create=false");
    assertThat(parse("jdbc:btrdb:file:a;b#c&d").target()).isEqualTo("a;b#c&d");
    assertThat(parse("jdbc:btrdb://h/a=b").get(BtrdbProperty.SCHEMA)).isEqualTo("a=b");
    assertThat(parse("jdbc:btrdb://h?schema=a;b=c").get(BtrdbProperty.SCHEMA)).isEqualTo("a;b=c");
    assertThat(parse("jdbc:btrdb://h?schema=a%3Btls=c").get(BtrdbProperty.SCHEMA))
        .isEqualTo("a;tls=c");
  }

  @Test
  void propertiesThatAreNoTextAreTakenByTheirTextOrRefused() throws SQLException {
    Properties given = new Properties();
    given.put("tls", true);
    given.put("queryTimeout", 7);
    BtrdbUrl parsed = BtrdbUrl.parse("jdbc:btrdb://h", given);
    assertThat(parsed.flag(BtrdbProperty.TLS)).isTrue();
    assertThat(parsed.number(BtrdbProperty.QUERY_TIMEOUT)).isEqualTo(7);

    refuses("bogus", 1, "unknown property 'bogus'");
    refuses("fullScan", 1, "fullScan '1' is none of true, false");
    refuses("apiKey", Locale.ROOT, "property 'apiKey' is of type Locale, not text");
    refuses(7, "x", "a property's name is of type Integer, not text");
  }

  private static void refuses(Object key, Object value, String message) {
    Properties given = new Properties();
    given.put(key, value);
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> BtrdbUrl.parse("jdbc:btrdb://h", given))
        .withMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3"));
    Properties inherited = new Properties(given);
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> BtrdbUrl.parse("jdbc:btrdb://h", inherited));
  }

  @Test
  void urlWinsOverProperties() throws SQLException {
    BtrdbUrl parsed =
        parse("jdbc:btrdb:mem:x?schema=fromUrl", "schema", "fromProperties", "queryTimeout", "7");

    assertThat(parsed.get(BtrdbProperty.SCHEMA)).isEqualTo("fromUrl");
    assertThat(parsed.number(BtrdbProperty.QUERY_TIMEOUT)).isEqualTo(7);
  }

  @Test
  void unknownPropertyIsRefusedWithTheNearest() {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> parse("jdbc:btrdb:mem:x", "querytimeout", "7"))
        .withMessageContaining("did you mean 'queryTimeout'?");
  }

  @Test
  void whatPropertyInfoShowsIsTaken() throws SQLException {
    Properties shown = new Properties();
    for (BtrdbProperty property : BtrdbProperty.values()) {
      shown.setProperty(property.key(), property.defaultValue());
    }
    assertThat(BtrdbUrl.parse("jdbc:btrdb://h", shown).options()).doesNotContainKey("tls");
  }

  @Test
  void emptyValuesCountAsNotGiven() throws SQLException {
    Properties form = new Properties();
    StringBuilder url = new StringBuilder("jdbc:btrdb:mem:x?");
    for (BtrdbProperty property : BtrdbProperty.values()) {
      form.setProperty(property.key(), "");
      url.append(property.key()).append("=&");
    }
    assertThat(BtrdbUrl.parse(url.toString(), form).settings()).isEmpty();
    assertThat(parse("jdbc:btrdb:mem:x?schema=", "schema", "a").get(BtrdbProperty.SCHEMA))
        .isEqualTo("a");
    assertThat(parse("jdbc:btrdb:mem:x?schema=&schema=a").get(BtrdbProperty.SCHEMA)).isEqualTo("a");
  }

  @Test
  void passwordIsTheApiKeyUnlessThereIsOne() throws SQLException {
    assertThat(parse("jdbc:btrdb://h", "user", "joe", "password", "k3y").options())
        .containsEntry("apiKey", "k3y");
    assertThat(parse("jdbc:btrdb://h?apiKey=right", "password", "k3y").options())
        .containsEntry("apiKey", "right");
    assertThat(parse("jdbc:btrdb://h?apiKey=", "password", "k3y").options())
        .containsEntry("apiKey", "k3y");
    assertThat(parse("jdbc:btrdb://h", "user", "joe").options()).doesNotContainKey("apiKey");
  }

  @Test
  void displayHoldsThePlaceAndNoProperty() throws SQLException {
    BtrdbUrl parsed = parse("jdbc:btrdb://h/x?apiKey=k3y&user=joe", "password", "s3cret");

    assertThat(parsed.display()).isEqualTo("jdbc:btrdb://h");
    assertThat(parsed.toString()).isEqualTo("jdbc:btrdb://h");
    assertThat(parse("jdbc:btrdb:///x?profile=lab").display()).isEqualTo("jdbc:btrdb:");
  }
}
