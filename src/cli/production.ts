// graphql-js looks for a second copy of itself at each step of each answer, unless told so before it is loaded.
process.env.NODE_ENV ??= 'production';
