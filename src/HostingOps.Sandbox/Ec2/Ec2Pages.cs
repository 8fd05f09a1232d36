using System.Globalization;
using System.Text;
using HostingOps.Sandbox.Api;

namespace HostingOps.Sandbox.Ec2;

/// <summary>Cuts a listing into pages by MaxResults and NextToken.</summary>
internal static class Ec2Pages
{
    private const string TokenPrefix = "page:";

    /// <summary>One page, and where the next one starts.</summary>
    /// <param name="items">The whole listing in a stable order.</param>
    /// <param name="parameters">The call.</param>
    /// <param name="least">The smallest MaxResults that the action takes.</param>
    /// <param name="ids">The parameter that names items one by one, which excludes paging.</param>
    /// <exception cref="ApiException">InvalidParameterCombination, InvalidParameterValue, InvalidPaginationToken.</exception>
    public static (IReadOnlyList<T> Page, string? Next) Cut<T>(IReadOnlyList<T> items, Ec2Parameters parameters, int least, string ids)
    {
        var (size, token) = (parameters["MaxResults"], parameters["NextToken"]);
        if ((size ?? token) is not null && parameters.List(ids).Count > 0)
        {
            throw new ApiException(
                400, "InvalidParameterCombination", $"The parameter {ids} cannot be used with the parameter {(size is null ? "NextToken" : "MaxResults")}");
        }

        var most = items.Count;
        if (size is not null && (!int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out most) || most < least || most > 1000))
        {
            throw new ApiException(
                400,
                "InvalidParameterValue",
                FormattableString.Invariant($"Value ( {size} ) for parameter maxResults is invalid. Expecting a value between {least} and 1000."));
        }

        var start = token is null ? 0 : Start(token);
        var page = items.Skip(start).Take(most).ToList();
        return (page, start + page.Count < items.Count ? Token(start + page.Count) : null);
    }

    private static string Token(int start) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(TokenPrefix + start.ToString(CultureInfo.InvariantCulture)));

    private static int Start(string token)
    {
        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var length)
            && Encoding.ASCII.GetString(bytes, 0, length) is var text
            && text.StartsWith(TokenPrefix, StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(TokenPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            ? start
            : throw new ApiException(400, "InvalidPaginationToken", "The specified pagination token is not valid or is expired.");
    }
}
