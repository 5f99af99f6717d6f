package org.btrdb.jar.inside;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.btrdb.jdbc.BtrdbDriver;

/** Agroal, the pool of Quarkus and WildFly, which checks each connection as it is taken. */
public final class PooledWithAgroal extends PooledByDataSource {
  @Override
  DataSource pool(String url) throws SQLException {
    return AgroalDataSource.from(
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(
                pool ->
                    pool.initialSize(1)
                        .minSize(1)
                        .maxSize(2)
                        .validateOnBorrow(true)
                        .connectionValidator(ConnectionValidator.defaultValidator())
                        .connectionFactoryConfiguration(
                            factory ->
                                factory.jdbcUrl(url).connectionProviderClass(BtrdbDriver.class))));
  }

  @Override
  void close(DataSource pool) {
    ((AgroalDataSource) pool).close();
  }
}
