package org.reassign.plugin.simulatedbrokers;

import org.reassign.api.spi.BrokerGateway;
import org.reassign.testkit.GatewayFixture;
import org.reassign.testkit.LabContract;

class SimulatedBrokersLabContractTest implements LabContract {
    @Override
    public BrokerGateway gateway() {
        return new SimulatedBrokers();
    }

    @Override
    public GatewayFixture fixture() {
        return new VirtualCluster();
    }
}
