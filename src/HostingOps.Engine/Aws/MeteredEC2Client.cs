using Amazon.EC2;
using Amazon.Runtime.Internal;

namespace HostingOps.Engine.Aws;

/// <summary>The client with our retry policy, pacing and counting in its pipeline.</summary>
internal sealed class MeteredEC2Client(ChainCredentials credentials, AmazonEC2Config config, AwsCallGate gate)
    : AmazonEC2Client(credentials, config)
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
