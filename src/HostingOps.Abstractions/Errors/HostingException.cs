namespace HostingOps;

/// <summary>
/// An error with everything its reader needs: a stable id to test for, a category, the thing it is about,
/// a message that says what was seen and what was expected, and what to do next.
/// </summary>
public class HostingException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="errorId">Stable id in PascalCase, one of <see cref="ErrorIds"/>.</param>
    /// <param name="category">The kind of failure.</param>
    /// <param name="target">What it is about: a site name, a path, a record name. Never a secret.</param>
    /// <param name="message">What was seen and what was expected, in one or two sentences.</param>
    /// <param name="recommendedAction">What to do next, or null when the message says it all.</param>
    /// <param name="innerException">The cause.</param>
    public HostingException(
        string errorId,
        HostingErrorCategory category,
        object? target,
        string message,
        string? recommendedAction = null,
        Exception? innerException = null)
        : base(message, innerException)
    {
        ErrorId = errorId;
        Category = category;
        Target = target;
        RecommendedAction = recommendedAction;
    }

    /// <summary>Stable id in PascalCase. In PowerShell it starts the FullyQualifiedErrorId.</summary>
    public string ErrorId { get; }

    /// <summary>The kind of failure.</summary>
    public HostingErrorCategory Category { get; }

    /// <summary>What the error is about.</summary>
    public object? Target { get; }

    /// <summary>What to do next, or null.</summary>
    public string? RecommendedAction { get; }
}
