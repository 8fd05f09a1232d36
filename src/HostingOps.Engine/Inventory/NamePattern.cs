namespace HostingOps.Engine.Inventory;

/// <summary>
/// A name or a pattern of names as PowerShell writes them: <c>*</c> any text, <c>?</c> one character, <c>[a-c]</c> one of a set,
/// a backtick before a character that stands for itself. Matching ignores case, in every culture alike.
/// </summary>
internal sealed class NamePattern
{
    private readonly List<Token> tokens;

    private NamePattern(string text, List<Token> tokens)
    {
        Text = text;
        this.tokens = tokens;
        HasWildcards = tokens.Any(static token => token.Kind != TokenKind.Character);
        Literal = HasWildcards ? null : string.Concat(tokens.Select(static token => token.Character));
    }

    private enum TokenKind
    {
        Character,
        AnyCharacter,
        AnyText,
        Set,
    }

    /// <summary>The pattern as written.</summary>
    public string Text { get; }

    /// <summary>Whether it has a wildcard that is not escaped.</summary>
    public bool HasWildcards { get; }

    /// <summary>The one name that it stands for, escapes removed, or null when it has wildcards.</summary>
    public string? Literal { get; }

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="HostingException">InvalidArgument: a <c>[</c> without its <c>]</c>.</exception>
    public static NamePattern Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = new List<Token>(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            switch (text[index])
            {
                case '`' when index + 1 < text.Length:
                    tokens.Add(new Token(TokenKind.Character, text[++index], null));
                    break;
                case '*':
                    tokens.Add(new Token(TokenKind.AnyText, default, null));
                    break;
                case '?':
                    tokens.Add(new Token(TokenKind.AnyCharacter, default, null));
                    break;
                case '[':
                    tokens.Add(new Token(TokenKind.Set, default, ReadSet(text, ref index)));
                    break;
                default:
                    tokens.Add(new Token(TokenKind.Character, text[index], null));
                    break;
            }
        }

        return new NamePattern(text, tokens);
    }

    /// <summary>The name with its wildcard characters escaped, so that it stands for itself.</summary>
    public static string Escape(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return string.Concat(name.Select(static character => character is '*' or '?' or '[' or ']' or '`' ? "`" + character : character.ToString()));
    }

    /// <summary>Whether the whole name matches. Takes time in proportion to the product of both lengths at most.</summary>
    public bool IsMatch(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var token = 0;
        var position = 0;
        var lastStar = -1;
        var lastStarPosition = 0;
        while (position < name.Length)
        {
            if (token < tokens.Count && tokens[token].Kind == TokenKind.AnyText)
            {
                lastStar = token++;
                lastStarPosition = position;
            }
            else if (token < tokens.Count && tokens[token].Matches(name[position]))
            {
                token++;
                position++;
            }
            else if (lastStar >= 0)
            {
                // Only the last star needs to be tried again: it can take whatever an earlier one could.
                token = lastStar + 1;
                position = ++lastStarPosition;
            }
            else
            {
                return false;
            }
        }

        return tokens.Skip(token).All(static rest => rest.Kind == TokenKind.AnyText);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static List<(char From, char To)> ReadSet(string text, ref int index)
    {
        var ranges = new List<(char From, char To)>();
        var position = index + 1;
        while (position < text.Length && (text[position] != ']' || position == index + 1))
        {
            var from = Unescaped(text, ref position);
            var to = from;
            if (position + 1 < text.Length && text[position] == '-' && text[position + 1] != ']')
            {
                position++;
                to = Unescaped(text, ref position);
            }

            ranges.Add((from, to));
        }

        if (position >= text.Length)
        {
            throw new HostingException(
                ErrorIds.InvalidArgument,
                HostingErrorCategory.InvalidArgument,
                text,
                $"The pattern '{text}' has a '[' without its ']'.",
                "Close the set, or write '`[' for the character itself.");
        }

        index = position;
        return ranges;
    }

    private static char Unescaped(string text, ref int position)
    {
        if (text[position] == '`' && position + 1 < text.Length)
        {
            position++;
        }

        return text[position++];
    }

    private readonly record struct Token(TokenKind Kind, char Character, List<(char From, char To)>? Set)
    {
        public bool Matches(char character)
        {
            var lower = char.ToLowerInvariant(character);
            var upper = char.ToUpperInvariant(character);
            return Kind switch
            {
                TokenKind.Character => char.ToUpperInvariant(Character) == upper,
                TokenKind.AnyCharacter => true,
                TokenKind.Set => Set!.Exists(range => (lower >= range.From && lower <= range.To) || (upper >= range.From && upper <= range.To)),
                _ => false,
            };
        }
    }
}
