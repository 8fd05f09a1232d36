namespace HostingOps.Engine.Watch.Registration;

/// <summary>One thing that is done to the machine.</summary>
internal abstract record RegistrationStep
{
    /// <summary>It as people read it, with the whole text of what is written.</summary>
    public abstract string Describe();
}

/// <summary>A file that is written, whole or not at all.</summary>
/// <param name="File">The file.</param>
internal sealed record WriteFileStep(WatchFile File) : RegistrationStep
{
    /// <inheritdoc/>
    public override string Describe() => $"Write {File.Path} (mode 0644):\n{Indented(File.Text)}";

    /// <summary>A text under a line that says what it is.</summary>
    public static string Indented(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(static line => line.Length > 0 ? "    " + line : ""));
}

/// <summary>A file that is deleted.</summary>
/// <param name="Path">Its full path.</param>
internal sealed record DeleteFileStep(string Path) : RegistrationStep
{
    /// <inheritdoc/>
    public override string Describe() => $"Delete {Path}";
}

/// <summary>A folder that is made when it is not there.</summary>
/// <param name="Path">Its full path.</param>
internal sealed record MakeFolderStep(string Path) : RegistrationStep
{
    /// <inheritdoc/>
    public override string Describe() => $"Make the folder {Path} if it is not there";
}

/// <summary>A program that is run.</summary>
/// <param name="Arguments">Program and arguments.</param>
/// <param name="Input">What it reads from its standard input, or null.</param>
/// <param name="File">What stands in the file that <see cref="FileArgument"/> is replaced by, UTF-16, or null.</param>
/// <param name="Shown">What people are shown instead of the input, or null.</param>
/// <param name="MayFail">Whether it may fail without harm: there was nothing to do.</param>
internal sealed record RunStep(IReadOnlyList<string> Arguments, string? Input = null, string? File = null, string? Shown = null, bool MayFail = false) : RegistrationStep
{
    /// <summary>The argument that becomes the path of a file with <see cref="File"/>.</summary>
    public const string FileArgument = "<file>";

    /// <summary>The command as people read it.</summary>
    public string Command => string.Join(' ', Arguments.Select(static word => word.Length == 0 || word.Any(char.IsWhiteSpace) ? $"\"{word}\"" : word));

    /// <inheritdoc/>
    public override string Describe() => (Shown ?? Input ?? File) is { } text
        ? $"Run: {Command}{(Input is null ? "" : Shown is null ? " (standard input)" : " (standard input; of it, the lines that change)")}\n{WriteFileStep.Indented(text)}"
        : $"Run: {Command}";
}
