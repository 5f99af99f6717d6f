package org.btrdb.client.acceptance;

/** What promises are tested of. */
interface Endpoint {

  /** The workbench of the test that runs. */
  Workbench bench();
}
