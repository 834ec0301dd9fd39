package org.reassign.cli.client;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.reassign.api.model.Replicas;
import org.reassign.zk.EmbeddedZooKeeper;

/** A server for the class, and for each test five brokers in a chroot of its own; no controller leads yet. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ClusterCase {
    EmbeddedZooKeeper server;
    private int clusters;

    @TempDir
    Path folder;

    /** Has topic {@code orders} on [0,1] and [1,2]. */
    RunningCluster cluster;

    @BeforeAll
    void aServer() {
        server = EmbeddedZooKeeper.start();
    }

    @AfterAll
    void noServer() {
        server.close();
    }

    @BeforeEach
    void aCluster() {
        clusters++;
        cluster = new RunningCluster(server.address(), "c" + clusters, 5, folder)
                .topic("orders", Replicas.of(0, 1), Replicas.of(1, 2));
    }

    @AfterEach
    void noCluster() {
        cluster.close();
    }
}
