package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DataSourceTest {
  private final TestData data = new TestData();

  @BeforeEach
  void fill() {
    data.ramp("a", "r", 3);
  }

  @AfterEach
  void close() {
    data.close();
  }

  private static long rows(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM r")) {
      assertThat(result.next()).isTrue();
      return result.getLong(1);
    }
  }

  /** Every property is a bean property; secrets cannot be read. */
  @Test
  void everyPropertyOfAConnectionIsOneOfTheBean() throws Exception {
    for (Class<?> type : List.of(BtrdbDataSource.class, BtrdbConnectionPoolDataSource.class)) {
      Object bean = type.getConstructor().newInstance();
      Map<String, PropertyDescriptor> properties =
          Arrays.stream(Introspector.getBeanInfo(type).getPropertyDescriptors())
              .collect(Collectors.toMap(PropertyDescriptor::getName, Function.identity()));
      for (BtrdbProperty property : BtrdbProperty.values()) {
        String name = Introspector.decapitalize(capitalized(property.key()));
        assertThat(properties).containsKey(name);
        PropertyDescriptor descriptor = java.util.Objects.requireNonNull(properties.get(name));
        assertThat(descriptor.getWriteMethod()).as(name).isNotNull();
        assertThat(descriptor.getReadMethod() == null).as(name).isEqualTo(property.isSecret());
        if (!property.isSecret()) {
          Object value = descriptor.getReadMethod().invoke(bean);
          assertThat(String.valueOf(value)).as(name).isEqualTo(property.defaultValue());
          descriptor.getWriteMethod().invoke(bean, value);
        }
      }
    }
  }

  private static String capitalized(String key) {
    return Character.toUpperCase(key.charAt(0)) + key.substring(1);
  }

  @Test
  void connectsWithWhatItsPropertiesSay() throws SQLException {
    BtrdbDataSource source = new BtrdbDataSource();
    source.setUrl(data.url());
    source.setSchema("a");
    try (Connection connection = source.getConnection()) {
      assertThat(rows(connection)).isEqualTo(3);
    }
    try (Connection connection = source.getConnection("joe", "s3cret")) {
      assertThat(rows(connection)).isEqualTo(3);
    }
    assertThat(source.unwrap(BtrdbDataSource.class)).isSameAs(source);
    assertThat(source.isWrapperFor(String.class)).isFalse();
  }

  @Test
  void secretsAreNotShown() throws SQLException {
    BtrdbDataSource source = new BtrdbDataSource();
    source.setUrl("jdbc:other:db?apiKey=s3cret");
    source.setPassword("s3cret");
    assertThat(source.toString() + source.getUrl()).doesNotContain("s3cret");
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(source::getConnection)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
  }

  @Test
  void hikariTakesItByItsClassName() throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setDataSourceClassName(BtrdbDataSource.class.getName());
    config.addDataSourceProperty("url", data.url());
    config.addDataSourceProperty("schema", "a");
    config.addDataSourceProperty("queryTimeout", "30");
    config.addDataSourceProperty("fullScan", true);
    try (HikariDataSource pool = new HikariDataSource(config);
        Connection connection = pool.getConnection()) {
      assertThat(rows(connection)).isEqualTo(3);
    }
  }

  /** What a pool was told. */
  private static final class Told implements ConnectionEventListener {
    private final List<String> events = new ArrayList<>();

    @Override
    public void connectionClosed(ConnectionEvent event) {
      events.add("closed");
    }

    @Override
    public void connectionErrorOccurred(ConnectionEvent event) {
      events.add("error " + event.getSQLException().getSQLState());
    }
  }

  private PooledConnection pooled() throws SQLException {
    BtrdbConnectionPoolDataSource source = new BtrdbConnectionPoolDataSource();
    source.setUrl(data.url());
    source.setSchema("a");
    return source.getPooledConnection();
  }

  @Test
  void handlesBeginAnewOnOnePhysicalConnection() throws SQLException {
    PooledConnection pooled = pooled();
    Told told = new Told();
    pooled.addConnectionEventListener(told);
    Connection first = pooled.getConnection();
    BtrdbConnection physical = first.unwrap(BtrdbConnection.class);
    first.setSchema("elsewhere");
    first.setReadOnly(true);
    first.setAutoCommit(false);
    Statement left = first.createStatement();
    first.close();
    first.close();
    assertThat(told.events).containsExactly("closed");
    assertThat(left.isClosed()).isTrue();
    assertThat(first.isClosed()).isTrue();
    assertThat(first.isValid(1)).isFalse();
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(first::createStatement)
        .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("08003"));
    assertThat(physical.isClosed()).isFalse();

    Connection second = pooled.getConnection();
    assertThat(second.unwrap(BtrdbConnection.class)).isSameAs(physical);
    assertThat(second.getAutoCommit()).isTrue();
    assertThat(second.isReadOnly()).isFalse();
    assertThat(rows(second)).isEqualTo(3);

    Connection third = pooled.getConnection();
    assertThat(second.isClosed()).isTrue();
    assertThat(rows(third)).isEqualTo(3);
    assertThat(told.events).containsExactly("closed");
    pooled.close();
    assertThat(physical.isClosed()).isTrue();
    assertThatExceptionOfType(SQLException.class).isThrownBy(third::createStatement);
    assertThat(told.events).containsExactly("closed", "error 08003");
  }
}
