namespace HostingOps;

/// <summary>How AWS is reached. Parameters of a cmdlet come before it, the environment after it.</summary>
public sealed record AwsSettings
{
    /// <summary>A profile of the shared AWS files, or null for the credential chain's own choice.</summary>
    public string? Profile { get; init; }

    /// <summary>Region, for example <c>eu-west-1</c>, or null. Route 53 is global and signs for its partition's own region.</summary>
    public string? Region { get; init; }

    /// <summary>An AWS-compatible endpoint instead of AWS, for example <c>http://127.0.0.1:5000</c>, or null.</summary>
    public string? EndpointUrl { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", new[] { Profile, Region, EndpointUrl }.Where(static part => part is not null));
}
