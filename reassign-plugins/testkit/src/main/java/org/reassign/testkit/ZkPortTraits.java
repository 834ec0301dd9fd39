package org.reassign.testkit;

/** What the contracts of a port need to be told. */
public interface ZkPortTraits {
    /** A new, empty ZooKeeper; asked once per test. */
    ZkPortFixture fixture();
}
