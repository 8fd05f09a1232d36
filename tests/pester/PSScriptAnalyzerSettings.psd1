@{
    ExcludeRules = @(
        # Sample objects change nothing.
        'PSUseShouldProcessForStateChangingFunctions'
    )
}
