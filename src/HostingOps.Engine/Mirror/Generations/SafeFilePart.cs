using System.Globalization;
using System.Text;

namespace HostingOps.Engine.Mirror.Generations;

/// <summary>
/// Names that mean the same file, and only that, on Linux, macOS and Windows: what may stand in a path as a visitor sent it. Pure.
/// </summary>
internal static class SafeFilePart
{
    /// <summary>UTF-8 bytes of one name at most: ext4, APFS and NTFS take 255, and rsync puts some of its own around a name.</summary>
    public const int LongestBytes = 200;

    private const string PlainMarks = "-._~!&'()+,;=@ $";

    // https://learn.microsoft.com/windows/win32/fileio/naming-a-file, with the console's own.
    private static readonly HashSet<string> Devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$",
        "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "COM¹", "COM²", "COM³",
        "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "LPT¹", "LPT²", "LPT³",
    };

    /// <summary>Whether a decoded part of a path may be a file's or folder's name as it is.</summary>
    public static bool IsSafe(string part) =>
        part.Length > 0
        && part[0] is not ('.' or ' ')
        && part[^1] is not ('.' or ' ')
        && part.All(IsPlain)
        && !LooksLikeShortName(part)
        && !IsDevice(part)
        && Encoding.UTF8.GetByteCount(part) <= LongestBytes
        && part.IsNormalized(NormalizationForm.FormC);

    /// <summary>The same for all names that some file system takes for one: case and Unicode's forms of a character folded away.</summary>
    public static string Fold(string path) =>
        Ascii.IsValid(path)
            ? path.ToLowerInvariant()
            : path.Normalize(NormalizationForm.FormKD).ToUpperInvariant().ToLowerInvariant().Normalize(NormalizationForm.FormKD);

    // Marks that nobody sees, or that turn the direction of writing, are ignored by some file systems and mislead people.
    private static bool IsPlain(char character) =>
        char.IsAsciiLetterOrDigit(character)
        || PlainMarks.Contains(character)
        || (character > '\u009f' && char.GetUnicodeCategory(character) is
            UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber);

    // PROGRA~1: Windows answers another file's short name.
    private static bool LooksLikeShortName(string part)
    {
        var tilde = part.IndexOf('~');
        return tilde >= 0 && tilde + 1 < part.Length && char.IsDigit(part[tilde + 1]);
    }

    private static bool IsDevice(string part)
    {
        var dot = part.IndexOf('.');
        return Devices.Contains((dot < 0 ? part : part[..dot]).Trim());
    }
}
