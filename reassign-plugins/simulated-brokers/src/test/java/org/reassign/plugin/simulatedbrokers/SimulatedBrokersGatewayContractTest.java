package org.reassign.plugin.simulatedbrokers;

import org.reassign.api.spi.BrokerGateway;
import org.reassign.testkit.BrokerGatewayContract;
import org.reassign.testkit.GatewayFixture;

class SimulatedBrokersGatewayContractTest implements BrokerGatewayContract {
    @Override
    public BrokerGateway gateway() {
        return new SimulatedBrokers();
    }

    @Override
    public GatewayFixture fixture() {
        return new VirtualCluster();
    }

    @Override
    public boolean asksBrokers() {
        return false;
    }
}
