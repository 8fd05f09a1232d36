using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace HostingOps.Engine.Aws;

/// <summary>Puts our handlers into a client's pipeline.</summary>
internal static class MeteredPipeline
{
    public static void Customize(RuntimePipeline pipeline, IClientConfig config, ChainCredentials credentials, AwsCallGate gate)
    {
        var policy = new AwsRetryPolicy(config);
        pipeline.ReplaceHandler<RetryHandler>(new RetryHandler(policy));
        pipeline.AddHandlerAfter<RetryHandler>(new MeteringHandler(gate, policy));
        pipeline.AddHandler(new CredentialsFirstHandler(credentials));
    }
}
