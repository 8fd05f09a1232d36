@{
    ExcludeRules = @(
        # Sample objects change nothing.
        'PSUseShouldProcessForStateChangingFunctions'

        # It does not look into script blocks, where Pester and build.ps1 use their variables.
        'PSReviewUnusedParameter'
        'PSUseDeclaredVarsMoreThanAssignments'

        # dotnet and our cmdlets are meant to be called so.
        'PSAvoidUsingPositionalParameters'
    )
}
