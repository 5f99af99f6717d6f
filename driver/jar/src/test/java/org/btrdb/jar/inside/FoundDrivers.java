package org.btrdb.jar.inside;

import java.sql.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;

/** The drivers that this loader's services name, by class. */
public final class FoundDrivers implements Function<String, List<String>> {
  @Override
  public List<String> apply(String unused) {
    List<String> found = new ArrayList<>();
    for (Driver driver : ServiceLoader.load(Driver.class, getClass().getClassLoader())) {
      found.add(driver.getClass().getName());
    }
    return found;
  }
}
