namespace Amazon.SecurityToken.Model;

/// <summary>A session's credentials.</summary>
public sealed class Credentials
{
    /// <summary>The access key's id.</summary>
    public string? AccessKeyId { get; set; }

    /// <summary>The secret key.</summary>
    public string? SecretAccessKey { get; set; }

    /// <summary>The token that goes with the key.</summary>
    public string? SessionToken { get; set; }

    /// <summary>When the session ends, in UTC.</summary>
    public DateTime? Expiration { get; set; }
}
