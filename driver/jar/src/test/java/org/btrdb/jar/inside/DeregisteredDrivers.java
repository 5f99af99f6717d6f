package org.btrdb.jar.inside;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/** Takes every driver that this loader sees out of DriverManager; answers their class names. */
public final class DeregisteredDrivers implements Function<String, List<String>> {
  @Override
  public List<String> apply(String unused) {
    List<Driver> drivers = DriverManager.drivers().toList();
    for (Driver driver : drivers) {
      try {
        DriverManager.deregisterDriver(driver);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
    return drivers.stream().map(driver -> driver.getClass().getName()).toList();
  }
}
