using Amazon.Route53;
using Amazon.Runtime.Internal;

namespace HostingOps.Engine.Aws;

/// <summary>The client with our retry policy, pacing and counting in its pipeline.</summary>
internal sealed class MeteredRoute53Client(ChainCredentials credentials, AmazonRoute53Config config, AwsCallGate gate)
    : AmazonRoute53Client(credentials, config)
{
    // The base constructor builds the pipeline. Field initializers run before it, so these are set by then.
    private readonly ChainCredentials chain = credentials;
    private readonly AwsCallGate gate = gate;

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        MeteredPipeline.Customize(pipeline, Config, chain, gate);
    }
}
