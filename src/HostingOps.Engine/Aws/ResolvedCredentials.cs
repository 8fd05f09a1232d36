using Amazon.Runtime;

namespace HostingOps.Engine.Aws;

/// <summary>Credentials and where they are from, for error texts.</summary>
internal sealed record ResolvedCredentials(AWSCredentials Credentials, string Name);
