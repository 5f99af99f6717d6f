package org.btrdb.jdbc;

import org.apache.calcite.avatica.DriverVersion;

/** Names and versions of driver and product. */
final class Product {
  static final String NAME = "BTrDB";
  static final String DRIVER_NAME = "BTrDB JDBC driver";
  static final int DRIVER_MAJOR = 0;
  static final int DRIVER_MINOR = 1;
  static final String DRIVER_VERSION = DRIVER_MAJOR + "." + DRIVER_MINOR;
  static final int JDBC_MAJOR = 4;
  static final int JDBC_MINOR = 3;

  /** As Avatica wants it; the database's own version is asked of the connection. */
  static final DriverVersion VERSION =
      new DriverVersion(
          DRIVER_NAME, DRIVER_VERSION, NAME, "", false, DRIVER_MAJOR, DRIVER_MINOR, 0, 0);

  private Product() {}
}
