namespace HostingOps.Aws.Tests;

/// <summary>Environment variables belong to the whole process: the tests that read or set them run one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class EnvironmentGroup
{
    public const string Name = "environment";
}
